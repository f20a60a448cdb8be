import type { FlowId } from "#lib/id/id.ts";

export interface LatencyQuery {
  readonly flow: FlowId;
  /** `from..to`; `end_to_end` for the whole journey; absent: all hops and end to end. */
  readonly hop?: string;
  /** Event time at the hop's end, epoch ms, from ≤ t < to. */
  readonly from: number;
  readonly to: number;
  /** Width of a bucket in ms, a multiple of 5 minutes; absent: one bucket over everything. */
  readonly bucketMs?: number;
}

export interface LatencyBucket {
  readonly hop: string;
  /** Start of the bucket, epoch ms. */
  readonly at: number;
  readonly count: number;
  /** Negative latencies: a clock lies. Not in the percentiles. */
  readonly skewedCount: number;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
  /** False where percentiles come from a sketch (relative error ≤ 1 %). */
  readonly exact: boolean;
}

/**
 * Latencies of hops, derived from judged journeys: saving a journey again replaces what it had contributed, so
 * retries, late and permuted events end in the same percentiles.
 * End to end is last minus first event time of a completed journey, by its last event.
 */
export interface Measures {
  latency(query: LatencyQuery): Promise<readonly LatencyBucket[]>;
  /** For so long an answer may be used again, ms: with what it lags itself, still within what DESIGN 4.3 allows. */
  readonly lagMs: number;
  /** Of the last 1,000 latencies of a hop by event time at its end: the negative ones, ms. */
  negativeLatencies(flow: FlowId, hop: string): Promise<readonly number[]>;
  /**
   * Brings up to date what is calculated ahead for reads, about `limit` writings of rows at most; resolves to whether nothing was left. The worker
   * calls it every few seconds; a read never depends on it. A store that counts while it writes has nothing to do.
   */
  settle(limit: number): Promise<boolean>;
}
