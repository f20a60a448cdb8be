import type { JudgePath } from "#lib/journey/flow-path.ts";
import type { StatedStep } from "#lib/journey/step-status.ts";

/** Earliest open failed event, or the deadline. */
export const brokenSince = ({ settlement, dueAt }: StatedStep): number =>
  settlement.open.failedSince ?? dueAt ?? Infinity;

/**
 * The step a verdict names (DESIGN 5, Verdict): broken, with no other broken step before it in the flow; then the smallest `since`,
 * then order of declaration. `unknown` steps count only where none is failed or overdue.
 */
export function brokenStepOf(steps: readonly StatedStep[], path: JudgePath): StatedStep | null {
  const certain = steps.filter(({ status }) => status === "failed" || status === "overdue");
  const broken = certain.length > 0 ? certain : steps.filter(({ status }) => status === "unknown");
  const first = broken.filter(({ step }) => {
    const above = path.ancestors.get(step.id);
    return !broken.some((other) => above?.has(other.step.id) === true);
  });
  // Steps come in order of declaration, and only a strictly smaller `since` takes the place of an earlier one.
  return first.reduce<StatedStep | null>((a, b) => (a === null || brokenSince(b) < brokenSince(a) ? b : a), null);
}
