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
}

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
