import type { FlowId } from "#lib/id/id.ts";
import { isExactFor } from "#lib/latency/exactness.ts";
import { LatencySketch } from "#lib/latency/latency-sketch.ts";
import { LatencyValues } from "#lib/latency/latency-values.ts";
import { cutSpan, narrowestWidth, sketchWidths, type Span, spanStart } from "#lib/latency/sketch-span.ts";
import type { Cluster } from "#lib/storage/elasticsearch/cluster.ts";
import { allOf, anyOf, type Condition, isOfFlow } from "#lib/storage/elasticsearch/journey-query.ts";
import { readLatencies } from "#lib/storage/elasticsearch/latency-rows.ts";
import type { LatencySettling } from "#lib/storage/elasticsearch/latency-settling.ts";
import {
  latencyValuesSchema,
  latencyWindowSchema,
  readSketches,
  readValues,
  type ValuesDocument,
  type WindowDocument,
  windowIdOf,
} from "#lib/storage/elasticsearch/latency-window.ts";
import { toTerm } from "#lib/storage/elasticsearch/search-term.ts";
import type { HopLatency } from "#lib/storage/journey-index.ts";
import type { LatencyBucket, LatencyQuery } from "#lib/storage/measures.ts";

const mostPerSearch = 5_000;

interface PlacedWindow {
  readonly width: number;
  readonly at: number;
  readonly sketches: ReadonlyMap<string, { readonly sketch: LatencySketch }>;
}

/** Widest windows first; what is left over at ragged ends of the span is read from the journeys themselves. */
export const readLatency = async (
  cluster: Cluster,
  settling: LatencySettling,
  query: LatencyQuery,
): Promise<readonly LatencyBucket[]> => {
  const { flow, bucketMs } = query;
  const span: Span = { from: query.from, to: query.to };
  if (span.from >= span.to) return [];
  const { middle, edges } = cutSpan(span, narrowestWidth);
  const isWanted = (hop: string): boolean => query.hop === undefined || query.hop === hop;
  const [windows, edgeLatencies] = await Promise.all([
    middle === null ? [] : readMiddle(cluster, settling, query, middle, isWanted),
    readEdges(cluster, flow, edges),
  ]);
  const ragged = edgeLatencies.filter(({ hop }) => isWanted(hop));
  const bucketOf = (at: number): number => (bucketMs === undefined ? span.from : spanStart(at, bucketMs));

  const sketched = new Map<string, Map<number, LatencySketch>>();
  const sketchAt = (hop: string, at: number): LatencySketch =>
    place(sketched, hop, bucketOf(at), () => new LatencySketch());
  for (const { at, sketches } of windows) for (const [hop, { sketch }] of sketches) sketchAt(hop, at).merge(sketch);
  for (const { hop, at, latencyMs } of ragged) sketchAt(hop, at).add(latencyMs);

  const exact = new Set(
    [...sketched].filter(([hop, buckets]) => isExactFor(hop, totalOf(buckets))).map(([hop]) => hop),
  );
  const valued: ValuesByHop =
    exact.size === 0 ? new Map() : await readExact(cluster, flow, { windows, ragged, exact, bucketOf });
  return [...sketched]
    .toSorted(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    .flatMap(([hop, buckets]) =>
      inOrder(buckets).map(([at, sketch]) => toBucket(hop, at, sketch, valued.get(hop)?.get(at) ?? null)),
    )
    .filter(({ count, skewedCount }) => count + skewedCount > 0);
};

const readMiddle = async (
  cluster: Cluster,
  settling: LatencySettling,
  { flow, hop, bucketMs }: LatencyQuery,
  middle: Span,
  isWanted: (hop: string) => boolean,
): Promise<readonly PlacedWindow[]> => {
  await settling.settleSpan(flow, middle);
  const fitting = sketchWidths.filter((width) => bucketMs === undefined || bucketMs % width === 0);
  const parts: Condition[] = [];
  let left: readonly Span[] = [middle];
  for (const width of fitting.length === 0 ? [narrowestWidth] : fitting) {
    left = left.flatMap((part) => {
      const cut = cutSpan(part, width);
      if (cut.middle !== null) parts.push(isWindow(width, cut.middle));
      return cut.edges;
    });
  }
  const found: PlacedWindow[] = [];
  for await (const { width, at, sketches } of readWindows(
    cluster,
    allOf([isOfFlow(flow), ...(hop === undefined ? [] : [{ term: { hops: toTerm(hop) } }]), anyOf(parts)]),
    "asc",
  ))
    found.push({ width, at, sketches: readSketches({ sketches }, isWanted) });
  return found;
};

const isWindow = (width: number, { from, to }: Span): Condition =>
  allOf([{ range: { width: { gte: width, lte: width } } }, { range: { at: { gte: from, lt: to } } }]);

/** In order of their start; of one flow, and where they begin at the same time of different widths. */
export async function* readWindows(
  cluster: Cluster,
  query: Condition,
  order: "asc" | "desc",
  perSearch: { readonly first: number; readonly further: number } = { first: mostPerSearch, further: mostPerSearch },
): AsyncIterable<Pick<WindowDocument, "width" | "at" | "sketches">> {
  let after: readonly number[] | undefined;
  let size = perSearch.first;
  do {
    const { hits } = await cluster.search<WindowDocument>(cluster.aliasOf(latencyWindowSchema), {
      query,
      size,
      sort: [{ at: order }, { width: order }],
      track_total_hits: false,
      _source: ["width", "at", "sketches"],
      ...(after !== undefined && { search_after: [...after] }),
    });
    const found = hits.hits.flatMap(({ _source: source }) => source ?? []);
    yield* found;
    const last = found.at(-1);
    after = hits.hits.length === size && last !== undefined ? [last.at, last.width] : undefined;
    size = perSearch.further;
  } while (after !== undefined);
}

/** At most two windows' worth: an edge is shorter than the narrowest width, or there is no middle and it is shorter than two. */
const readEdges = async (cluster: Cluster, flow: FlowId, edges: readonly Span[]): Promise<readonly HopLatency[]> => {
  const starts = new Set(
    edges.flatMap(({ from, to }) => [spanStart(from, narrowestWidth), spanStart(to - 1, narrowestWidth)]),
  );
  const found: HopLatency[] = [];
  if (starts.size === 0) return found;
  for await (const latency of readLatencies(cluster, flow, [...starts]))
    if (edges.some(({ from, to }) => latency.at >= from && latency.at < to)) found.push(latency);
  return found;
};

interface ExactQuestion {
  readonly windows: readonly PlacedWindow[];
  readonly ragged: readonly HopLatency[];
  readonly exact: ReadonlySet<string>;
  readonly bucketOf: (at: number) => number;
}

type ValuesByHop = ReadonlyMap<string, ReadonlyMap<number, LatencyValues>>;

const readExact = async (
  cluster: Cluster,
  flow: FlowId,
  { windows, ragged, exact, bucketOf }: ExactQuestion,
): Promise<ValuesByHop> => {
  const valued = new Map<string, Map<number, LatencyValues>>();
  const valuesAt = (hop: string, at: number): LatencyValues =>
    place(valued, hop, bucketOf(at), () => new LatencyValues());
  const wanted = windows.filter(({ sketches }) => [...sketches.keys()].some((hop) => exact.has(hop)));
  const ids = wanted.map(({ width, at }) => windowIdOf({ flow, width, at }));
  const found = await cluster.getMany<ValuesDocument>(cluster.aliasOf(latencyValuesSchema), ids, ["at", "values"]);
  for (const { source } of found.values())
    for (const [hop, values] of readValues(source, (name) => exact.has(name)))
      if (values !== null) valuesAt(hop, source.at).merge(values);
  for (const { hop, at, latencyMs } of ragged) if (exact.has(hop)) valuesAt(hop, at).add(latencyMs);
  return valued;
};

const toBucket = (hop: string, at: number, sketch: LatencySketch, values: LatencyValues | null): LatencyBucket => {
  const { count, skewedCount } = sketch;
  // A window that is just being calculated may have its values a moment before its sketch, or after.
  if (values !== null && values.total === count + skewedCount) return { hop, at, ...values.measure(), exact: true };
  return {
    hop,
    at,
    count,
    skewedCount,
    p50Ms: sketch.percentile(0.5),
    p95Ms: sketch.percentile(0.95),
    p99Ms: sketch.percentile(0.99),
    exact: false,
  };
};

const totalOf = (buckets: ReadonlyMap<number, LatencySketch>): number =>
  buckets.values().reduce((sum, { count, skewedCount }) => sum + count + skewedCount, 0);

const inOrder = <Value>(buckets: ReadonlyMap<number, Value>): readonly (readonly [number, Value])[] =>
  [...buckets].toSorted(([a], [b]) => a - b);

/** Found or made, by name and place. */
const place = <Value>(maps: Map<string, Map<number, Value>>, name: string, at: number, make: () => Value): Value => {
  const own = maps.get(name) ?? new Map<number, Value>();
  maps.set(name, own);
  const value = own.get(at) ?? make();
  own.set(at, value);
  return value;
};
