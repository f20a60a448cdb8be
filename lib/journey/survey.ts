import type { FlowVersion, Step } from "#lib/flow/flow-version.ts";
import type { StepId } from "#lib/id/id.ts";
import { deadlineOf, type Calendars } from "#lib/journey/deadline.ts";
import type { Facts } from "#lib/journey/facts.ts";
import { pathOf, type JudgePath } from "#lib/journey/flow-path.ts";
import { originOf, type Origin, type Predecessor } from "#lib/journey/origin.ts";
import { settlementOf, type Settlement } from "#lib/journey/settlement.ts";
import { compareSightings } from "#lib/journey/sighting.ts";
import type { StepFacts } from "#lib/journey/step-facts.ts";

/** One step of a journey before the clock is asked. */
export interface SurveyedStep {
  readonly step: Step;
  readonly facts: StepFacts | undefined;
  readonly settlement: Settlement;
  readonly origin: Origin;
  /** False where its `when` was not met. */
  readonly expected: boolean;
  /** Its `when` can't be decided any more; it then counts as expected. */
  readonly undecided: boolean;
  readonly passed: boolean;
  /** Some step below it is settled. */
  readonly overtaken: boolean;
  /** Absent where it has none, or counts from something that has not happened. */
  readonly dueAt: number | undefined;
}

/** What the facts say of every step, whatever the time is. */
export interface Survey {
  readonly path: JudgePath;
  /** In order of declaration. */
  readonly steps: readonly SurveyedStep[];
  readonly byId: ReadonlyMap<StepId, SurveyedStep>;
  /** The `ends` step that closed the journey, and when. */
  readonly ended: { readonly step: StepId; readonly at: number } | null;
}

/** Required: it has to happen for the journey to complete, as long as it is expected. */
export const isRequired = (step: Step): boolean => !step.optional && !step.ends;

export function surveyOf(facts: Facts, { declaration }: FlowVersion, calendars: Calendars): Survey {
  const path = pathOf(declaration);
  const seen = new Map(facts.steps.map((step) => [step.step, step]));
  const values = new Map(facts.values);
  const settlements = new Map(
    declaration.steps.map((step) => {
      const ofPer = step.per === undefined ? [] : (values.get(step.per) ?? []);
      return [step.id, settlementOf(step, seen.get(step.id), ofPer)];
    }),
  );
  const ended = endOf(declaration.steps, settlements);
  const byId = new Map<StepId, SurveyedStep>();
  for (const step of path.order) {
    const settlement = settlements.get(step.id);
    if (settlement === undefined) continue;
    const origin = originOf(step, facts.first, (id) => predecessor(byId.get(id)));
    const notes = origin.kind === "step" ? origin.by[3] : undefined;
    const expected = step.when === undefined || notes?.unmet?.includes(step.id) !== true;
    const undecided = expected && notes?.unsure?.includes(step.id) === true;
    const overtaken = isOvertaken(step, path, settlements);
    const passed = expected && overtaken && isPassable(step, settlement);
    const closed = ended !== null && settlement.by !== null && settlement.by[0] > ended.at;
    const dueAt = expected && !passed && !closed && !step.ends ? deadlineOf(step, origin, calendars) : undefined;
    const surveyed = {
      step,
      facts: seen.get(step.id),
      settlement,
      origin,
      expected,
      undecided,
      passed,
      overtaken,
      dueAt,
    };
    byId.set(step.id, surveyed);
  }
  return { path, steps: declaration.steps.flatMap(({ id }) => byId.get(id) ?? []), byId, ended };
}

function predecessor(surveyed: SurveyedStep | undefined): Predecessor | undefined {
  if (surveyed === undefined) return undefined;
  const { step, settlement, passed, expected, origin } = surveyed;
  const lookedThrough = settlement.by === null && !passed && (step.optional || !expected);
  return { step: step.id, settledBy: settlement.by, passed, lookedThrough, origin };
}

/** A `per` step of which some values were settled is under way, not passed by. */
function isPassable(step: Step, { by, missing, valueCount }: Settlement): boolean {
  return isRequired(step) && !step.strict && by === null && missing.length === valueCount;
}

function isOvertaken(step: Step, path: JudgePath, settlements: ReadonlyMap<StepId, Settlement>): boolean {
  for (const id of path.descendants.get(step.id) ?? []) if (settlements.get(id)?.by) return true;
  return false;
}

/** Of several `ends` steps that settled, the earliest closes the journey. */
function endOf(steps: readonly Step[], settlements: ReadonlyMap<StepId, Settlement>): Survey["ended"] {
  const ends = steps.flatMap(({ id, ends: closes }) => {
    const by = closes ? settlements.get(id)?.by : null;
    return by ? [{ step: id, by }] : [];
  });
  if (ends.length === 0) return null;
  const first = ends.reduce((a, b) => (compareSightings(b.by, a.by) < 0 ? b : a));
  return { step: first.step, at: first.by[0] };
}
