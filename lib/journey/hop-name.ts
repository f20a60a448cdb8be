import { predecessorsOf } from "#lib/flow/path.ts";
import type { StepId } from "#lib/id/id.ts";
import type { SurveyedStep } from "#lib/journey/survey.ts";

export const hopName = (from: StepId, to: StepId): string => `${from}..${to}`;

/** The hop that leads to a step, from what its deadline counts from; null where nothing precedes it. */
export function hopTo({ step, origin }: SurveyedStep): string | null {
  if (origin.kind === "step") return hopName(origin.step, step.id);
  if (origin.kind === "start") return null;
  const before = predecessorsOf(step)[0];
  return before === undefined ? null : hopName(before, step.id);
}
