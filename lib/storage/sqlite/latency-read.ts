import { LatencySketch } from "#lib/latency/latency-sketch.ts";
import { percentileOf } from "#lib/latency/percentile.ts";
import { cutSpan, type Span, sketchWidths } from "#lib/latency/sketch-span.ts";
import type { LatencyBucket } from "#lib/storage/measures.ts";
import type { SqliteFile } from "#lib/storage/sqlite/sqlite-file.ts";

/**
 * Sketches by start of bucket, in order; buckets that nothing is in are left out. They begin at whole multiples of their width since 1970,
 * and the first and the last hold what lies within the span.
 */
export const readSketched = (
  file: SqliteFile,
  series: number,
  span: Span,
  bucketMs: number | undefined,
): ReadonlyMap<number, LatencySketch> => {
  if (bucketMs === undefined) {
    const whole = readWhole(file, series, span);
    return new Map(whole.isEmpty ? [] : [[span.from, whole]]);
  }
  const buckets = new Map<number, LatencySketch>();
  const bucketAt = (time: number): LatencySketch => {
    const at = Math.floor(time / bucketMs) * bucketMs;
    const bucket = buckets.get(at) ?? new LatencySketch();
    buckets.set(at, bucket);
    return bucket;
  };
  const width = sketchWidths.find((one) => bucketMs % one === 0) ?? bucketMs;
  const { middle, edges } = cutSpan(span, width);
  const rows = middle === null ? [] : readSketches(file, series, width, middle);
  for (const { at, sketch } of rows) bucketAt(at).merge(sketch);
  for (const edge of edges) {
    for (const part of spansOf(edge, bucketMs)) bucketAt(part.from).merge(readWhole(file, series, part));
  }
  return new Map([...buckets].filter(([, sketch]) => !sketch.isEmpty).toSorted(([a], [b]) => a - b));
};

/** Merges the widest sketches that fit, narrower ones at the edges, and single values at what is left of them. */
const readWhole = (file: SqliteFile, series: number, span: Span): LatencySketch => {
  const merged = new LatencySketch();
  let left: readonly Span[] = [span];
  for (const width of sketchWidths) {
    left = left.flatMap((part) => {
      const { middle, edges } = cutSpan(part, width);
      const rows = middle === null ? [] : readSketches(file, series, width, middle);
      for (const { sketch } of rows) merged.merge(sketch);
      return edges;
    });
  }
  for (const part of left) for (const row of countValues(file, series, part)) merged.add(row.latency, row.count);
  return merged;
};

/** A span cut at the beginnings of buckets. */
const spansOf = ({ from, to }: Span, bucketMs: number): readonly Span[] => {
  const spans: Span[] = [];
  for (let start = from; start < to; start = spans.at(-1)?.to ?? to) {
    spans.push({ from: start, to: Math.min(to, Math.floor(start / bucketMs) * bucketMs + bucketMs) });
  }
  return spans;
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

const readSketches = (file: SqliteFile, series: number, width: number, { from, to }: Span) =>
  file
    .all<{ at: number; sketch: Uint8Array }>(
      { sql: "SELECT at, sketch FROM latency_sketch WHERE series = ? AND width = ? AND at >= ? AND at < ?" },
      series,
      width,
      from,
      to,
    )
    .map((row) => ({ at: row.at, sketch: LatencySketch.fromBytes(row.sketch) }));

const readValues = (file: SqliteFile, series: number, { from, to }: Span) =>
  file.all<{ at: number; latency: number; count: number }>(
    { sql: "SELECT at, latency, count FROM latency WHERE series = ? AND at >= ? AND at < ? ORDER BY at" },
    series,
    from,
    to,
  );

/** Counted in SQLite: an edge of five busy minutes has very many values. */
const countValues = (file: SqliteFile, series: number, { from, to }: Span) =>
  file.all<{ latency: number; count: number }>(
    {
      sql: "SELECT latency, sum(count) AS count FROM latency WHERE series = ? AND at >= ? AND at < ? GROUP BY latency",
    },
    series,
    from,
    to,
  );
