import type { Wake } from "#lib/journey/judgement.ts";
import type { StatedStep } from "#lib/journey/step-status.ts";
import { isRequired } from "#lib/journey/survey.ts";

type Wait = NonNullable<Wake["more"]>[number];

/**
 * When what is said of the steps could change without an event of this journey. How late something is grows by itself and wakes nobody.
 * Of the silent sources of a step one is named: the step stays unknown until all have passed, so each is waited for in turn.
 */
export function wakeOf(steps: readonly StatedStep[]): Wake {
  let at = Infinity;
  const waits: Wait[] = [];
  for (const { step, status, dueAt, eyes } of steps) {
    if (dueAt === undefined || !isRequired(step)) continue;
    if (status === "pending") at = Math.min(at, dueAt + 1);
    if (status !== "unknown" && status !== "overdue") continue;
    const silent = eyes
      .filter(({ watermark }) => watermark <= dueAt)
      .toSorted((a, b) => (a.source < b.source ? -1 : 1))[0];
    const source = silent && { source: silent.source, after: dueAt };
    // Sources that were not declared are those that lately reported the step: another one may join or drop out.
    const movable = step.sources.length === 0;
    if (source !== undefined || movable) {
      waits.push({ ...(source !== undefined && { source }), ...(movable && { step: step.id }) });
    }
    // A source believed only because it had spoken lately stops being believed: overdue may turn into unknown again.
    for (const { newestAt = -Infinity, believedUntil } of eyes) {
      if (believedUntil !== undefined && newestAt <= dueAt) at = Math.min(at, believedUntil);
    }
  }
  const [first, ...more] = waits;
  return { ...(Number.isFinite(at) && { at }), ...first, ...(more.length > 0 && { more }) };
}
