import type { Step } from "#lib/flow/flow-version.ts";
import type { SourceId } from "#lib/id/id.ts";

const recentMs = 7 * 24 * 60 * 60 * 1000;

/** Newest event time of a source at a step, over all journeys. */
export interface StepReport {
  readonly source: SourceId;
  readonly newestEventAt: number;
}

/**
 * The sources of a step: those declared on it, else those that reported it within the 7 days before its newest event (by event time).
 * Empty: nothing has ever reported the step. `reports` are those of this step.
 */
export function stepSources(step: Pick<Step, "sources">, reports: readonly StepReport[]): readonly SourceId[] {
  if (step.sources.length > 0) return step.sources;
  const newest = reports.reduce((at, { newestEventAt }) => Math.max(at, newestEventAt), -Infinity);
  const recent = reports.filter(({ newestEventAt }) => newestEventAt >= newest - recentMs);
  return [...new Set(recent.map(({ source }) => source))].toSorted();
}
