import type { SourceId, StepId } from "#lib/id/id.ts";
import type { Wake } from "#lib/journey/judgement.ts";
import type { StatedStep } from "#lib/journey/step-status.ts";
import { isRequired } from "#lib/journey/survey.ts";

/**
 * When what is said of the steps could change without an event of this journey. How late something is grows by itself and wakes nobody.
 * Of the silent sources of a step one is named: the step stays unknown until all have passed, so each is waited for in turn. Of several
 * deadlines a source has to pass, the first.
 */
export function wakeOf(steps: readonly StatedStep[]): Wake {
  let at = Infinity;
  const sources = new Map<SourceId, number>();
  const movable: StepId[] = [];
  for (const { step, status, dueAt, eyes } of steps) {
    if (dueAt === undefined || !isRequired(step)) continue;
    if (status === "pending") at = Math.min(at, dueAt + 1);
    if (status !== "unknown" && status !== "overdue") continue;
    const silent = eyes
      .filter(({ watermark }) => watermark <= dueAt)
      .map(({ source }) => source)
      .toSorted()[0];
    if (silent !== undefined) sources.set(silent, Math.min(sources.get(silent) ?? Infinity, dueAt));
    // Sources that were not declared are those that lately reported the step: another one may join or drop out.
    if (step.sources.length === 0) movable.push(step.id);
    // A source believed only because it had spoken lately stops being believed: overdue may turn into unknown again.
    for (const { newestAt = -Infinity, believedUntil } of eyes) {
      if (believedUntil !== undefined && newestAt <= dueAt) at = Math.min(at, believedUntil);
    }
  }
  const [first, ...more] = pair([...sources], movable);
  return { ...(Number.isFinite(at) && { at }), ...first, ...(more.length > 0 && { more }) };
}

type Wait = Pick<Wake, "source" | "step">;

/** Any of them wakes, so a source and a step of different steps may share a place. */
function pair(sources: readonly (readonly [SourceId, number])[], steps: readonly StepId[]): readonly Wait[] {
  const byDeadline = sources.toSorted((a, b) => a[1] - b[1]);
  return Array.from({ length: Math.max(sources.length, steps.length) }, (_, i): Wait => {
    const [source, after] = byDeadline[i] ?? [];
    const step = steps[i];
    return {
      ...(source !== undefined && after !== undefined && { source: { source, after } }),
      ...(step !== undefined && { step }),
    };
  });
}
