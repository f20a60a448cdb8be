import type { SourceId } from "#lib/id/id.ts";

/** `sources.yaml`: what was declared of a source. */
export interface SourceDeclaration {
  readonly source: SourceId;
  /** While its newest event or heartbeat is younger than this, the source counts as at now − delay. */
  readonly silentAfterMs?: number;
  readonly delayMs: number;
}

/** What is kept of one source. Times in epoch milliseconds. */
export interface SourceProgress {
  readonly source: SourceId;
  /** Largest event time it sent, each capped at its arrival. */
  readonly newestEventAt?: number;
  /** Largest heartbeat time, each capped at its arrival. */
  readonly heartbeatAt?: number;
  readonly lastSeenAt: number;
  readonly acceptedTotal: number;
  readonly duplicateTotal: number;
  readonly rejectedTotal: number;
  /** Of the accepted: at no step of any flow when they came. Absent in what an older version kept. */
  readonly unmatchedTotal?: number;
  /** Accepted by arrival, in slices of `arrivalSliceMs`, oldest first; the last hour or little more. */
  readonly arrivals?: readonly ArrivalSlice[];
}

/** Events that arrived from `at` on, for the length of a slice. */
export interface ArrivalSlice {
  readonly at: number;
  readonly count: number;
}

export const arrivalSliceMs = 5 * 60_000;
/** An hour, and the slice that is not over yet. */
export const keptArrivalSlices = 13;

/** Accepted events a minute, over the hour before `now`; null where none came. */
export const ratePerMinute = (arrivals: readonly ArrivalSlice[] | undefined, now: number): number | null => {
  const hourMs = 60 * 60_000;
  const recent = (arrivals ?? []).filter(({ at }) => at + arrivalSliceMs > now - hourMs && at <= now);
  if (recent.length === 0) return null;
  return recent.reduce((sum, { count }) => sum + count, 0) / 60;
};

/** One source's watermark as the engine needs it. */
export interface SourceWatermark {
  readonly source: SourceId;
  /** Event time up to which we believe to have seen everything; -Infinity when it never told. */
  readonly watermark: number;
  /** Newest event or heartbeat, for the sentence "silent since". */
  readonly newestAt?: number;
  /**
   * Where the watermark is ahead of `newestAt` because the source spoke less than `silentAfter` ago: the moment (epoch ms) from which
   * it no longer counts, unless the source speaks again.
   */
  readonly believedUntil?: number;
}
