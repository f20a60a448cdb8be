import type { FlowId } from "#lib/id/id.ts";
import { isExactFor, skewWindow } from "#lib/latency/exactness.ts";
import type { Span } from "#lib/latency/sketch-span.ts";
import type { LatencyBucket, LatencyQuery, Measures } from "#lib/storage/measures.ts";
import { readExact, readSketched } from "#lib/storage/sqlite/latency-read.ts";
import type { SqliteFile } from "#lib/storage/sqlite/sqlite-file.ts";
import type { StateReader } from "#lib/storage/sqlite/state.ts";

export class SqliteMeasures implements Measures {
  readonly lagMs = 1_000;
  readonly #reader: StateReader;

  constructor(reader: StateReader) {
    this.#reader = reader;
  }

  async latency(query: LatencyQuery): Promise<readonly LatencyBucket[]> {
    const file = this.#reader.read();
    return file.snapshot(() =>
      hopsOf(file, query.flow, query.hop).flatMap(({ id, name }) => latencyOf(file, id, name, query)),
    );
  }

  async negativeLatencies(flow: FlowId, hop: string): Promise<readonly number[]> {
    const rows = this.#reader.read().all<{ latency: number; count: number }>(
      {
        sql: `SELECT latency, count FROM latency WHERE series = (SELECT id FROM series WHERE flow = ? AND name = ?)
       ORDER BY at DESC LIMIT ${skewWindow}`,
      },
      flow,
      hop,
    );
    return rows
      .flatMap(({ latency, count }) => Array.from({ length: count }, () => latency))
      .slice(0, skewWindow)
      .filter((latency) => latency < 0);
  }

  /** Latencies are counted in the transaction that writes their journeys. */
  async settle(): Promise<boolean> {
    return true;
  }
}

/** Hops of the flow that any latency is known of. */
const hopsOf = (file: SqliteFile, flow: FlowId, hop: string | undefined) =>
  file.all<{ id: number; name: string }>(
    {
      sql: `SELECT id, name FROM series WHERE flow = ? ${hop === undefined ? "" : "AND name = ?"}
       AND EXISTS (SELECT 1 FROM latency_sketch WHERE latency_sketch.series = series.id) ORDER BY name`,
    },
    flow,
    ...(hop === undefined ? [] : [hop]),
  );

const latencyOf = (file: SqliteFile, series: number, hop: string, query: LatencyQuery): readonly LatencyBucket[] => {
  const span: Span = { from: query.from, to: query.to };
  if (span.from >= span.to) return [];
  const buckets = readSketched(file, series, span, query.bucketMs);
  const total = buckets.values().reduce((sum, sketch) => sum + sketch.count + sketch.skewedCount, 0);
  if (isExactFor(hop, total)) return readExact(file, series, hop, span, query.bucketMs);
  return [...buckets].map(([at, sketch]) => ({
    hop,
    at,
    count: sketch.count,
    skewedCount: sketch.skewedCount,
    p50Ms: sketch.percentile(0.5),
    p95Ms: sketch.percentile(0.95),
    p99Ms: sketch.percentile(0.99),
    exact: false,
  }));
};
