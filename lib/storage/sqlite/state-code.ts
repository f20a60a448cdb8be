import { troubleStates, type JourneyState, type TroubleState } from "#lib/journey/judgement.ts";

/** Numbers as they stand on disk: never change one. */
const codes = {
  in_progress: 0,
  completed: 1,
  completed_late: 2,
  overdue: 3,
  failed: 4,
  unknown: 5,
} as const satisfies Record<JourneyState, number>;

export const codeOfState = (state: JourneyState): number => codes[state];

/** Kinds of failure are written for journeys with a reason only. */
export const troubleStateOf = (code: number): TroubleState => {
  const state = troubleStates.find((each) => codes[each] === code);
  if (state === undefined) throw new Error(`No state in trouble has the number ${code}`);
  return state;
};
