import { LatencySketch } from "#lib/latency/latency-sketch.ts";
import { percentileOf } from "#lib/latency/percentile.ts";
import type { LatencyBucket } from "#lib/storage/measures.ts";
import { sketchWidths } from "#lib/storage/sqlite/latency-table.ts";
import type { SqliteFile } from "#lib/storage/sqlite/sqlite-file.ts";

/** from ≤ t < to, epoch ms. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Buckets begin at whole multiples of their width since 1970; the first and the last hold what lies within the span. */
export const bucketsOf = (span: Span, bucketMs: number | undefined): readonly (Span & { readonly at: number })[] => {
  if (bucketMs === undefined) return [{ at: span.from, ...span }];
  const buckets: (Span & { readonly at: number })[] = [];
  for (let at = Math.floor(span.from / bucketMs) * bucketMs; at < span.to; at += bucketMs) {
    buckets.push({ at, from: Math.max(at, span.from), to: Math.min(at + bucketMs, span.to) });
  }
  return buckets;
};

/** Merges the widest sketches that fit, narrower ones at the edges, and single values at what is left of them. */
export const readSketched = (file: SqliteFile, series: number, span: Span): LatencySketch => {
  const merged = new LatencySketch();
  let edges: readonly Span[] = [span];
  for (const width of sketchWidths) {
    edges = edges.flatMap(({ from, to }) => {
      const start = Math.ceil(from / width) * width;
      const end = Math.floor(to / width) * width;
      if (start >= end) return [{ from, to }];
      for (const sketch of readSketches(file, series, width, { from: start, to: end })) merged.merge(sketch);
      return [
        { from, to: start },
        { from: end, to },
      ].filter((edge) => edge.from < edge.to);
    });
  }
  for (const edge of edges) for (const row of readValues(file, series, edge)) merged.add(row.latency, row.count);
  return merged;
};

/** Percentiles of the values themselves. */
export const readExact = (
  file: SqliteFile,
  series: number,
  hop: string,
  span: Span,
  bucketMs: number | undefined,
): readonly LatencyBucket[] => {
  const values = new Map<number, number[]>();
  for (const { at, latency, count } of readValues(file, series, span)) {
    const bucket = bucketMs === undefined ? span.from : Math.floor(at / bucketMs) * bucketMs;
    const known = values.get(bucket);
    const list = known ?? [];
    for (let time = 0; time < count; time += 1) list.push(latency);
    if (known === undefined) values.set(bucket, list);
  }
  return [...values].map(([at, list]) => exactBucket(hop, at, list));
};

const exactBucket = (hop: string, at: number, latencies: readonly number[]): LatencyBucket => {
  const sorted = Float64Array.from(latencies.filter((latency) => latency >= 0)).toSorted();
  return {
    hop,
    at,
    count: sorted.length,
    skewedCount: latencies.length - sorted.length,
    p50Ms: percentileOf(sorted, 0.5),
    p95Ms: percentileOf(sorted, 0.95),
    p99Ms: percentileOf(sorted, 0.99),
    exact: true,
  };
};

const readSketches = (file: SqliteFile, series: number, width: number, { from, to }: Span): readonly LatencySketch[] =>
  file
    .all<{ sketch: Uint8Array }>(
      { sql: "SELECT sketch FROM latency_sketch WHERE series = ? AND width = ? AND at >= ? AND at < ?" },
      series,
      width,
      from,
      to,
    )
    .map((row) => LatencySketch.fromBytes(row.sketch));

const readValues = (file: SqliteFile, series: number, { from, to }: Span) =>
  file.all<{ at: number; latency: number; count: number }>(
    { sql: "SELECT at, latency, count FROM latency WHERE series = ? AND at >= ? AND at < ? ORDER BY at" },
    series,
    from,
    to,
  );
