import type { FlowId } from "#lib/id/id.ts";
import { skewWindow } from "#lib/latency/exactness.ts";
import { LatencySketch } from "#lib/latency/latency-sketch.ts";
import { LatencyValues } from "#lib/latency/latency-values.ts";
import { narrowestWidth, spanStart } from "#lib/latency/sketch-span.ts";
import type { Cluster } from "#lib/storage/elasticsearch/cluster.ts";
import { journeySchema } from "#lib/storage/elasticsearch/journey-document.ts";
import { countRows, readLatencies } from "#lib/storage/elasticsearch/latency-rows.ts";
import {
  boundValues,
  type HopWindow,
  type HopWindows,
  latencyValuesSchema,
  latencyWindowSchema,
  type Negative,
  readSketches,
  readValues,
  type ValuesDocument,
  type WindowDocument,
  windowIdOf,
} from "#lib/storage/elasticsearch/latency-window.ts";

/** Journeys whose latencies are held in memory at once, about; of one window, all of them. */
const rowsPerReading = 50_000;

/** By start of the window. */
export type Calculated = ReadonlyMap<number, HopWindows>;

/** What the journeys say of the narrowest windows; those that nothing is in are left out. */
export const calculateFromRows = async (
  cluster: Cluster,
  flow: FlowId,
  ats: readonly number[],
): Promise<Calculated> => {
  // Rows that others wrote before their mark was seen here are found from now on.
  await cluster.refresh(cluster.aliasOf(journeySchema));
  return await calculatePart(cluster, flow, ats);
};

/** Half of them at a time where all have too many journeys to hold their latencies at once. */
const calculatePart = async (cluster: Cluster, flow: FlowId, ats: readonly number[]): Promise<Calculated> => {
  if (ats.length > 1 && (await countRows(cluster, flow, ats, rowsPerReading + 1)) > rowsPerReading) {
    const half = Math.ceil(ats.length / 2);
    const first = await calculatePart(cluster, flow, ats.slice(0, half));
    return new Map([...first, ...(await calculatePart(cluster, flow, ats.slice(half)))]);
  }
  const byWindow = new Map(ats.map((at) => [at, new Map<string, Timed>()]));
  for await (const { hop, at, latencyMs } of readLatencies(cluster, flow, ats)) {
    const hops = byWindow.get(spanStart(at, narrowestWidth));
    if (hops === undefined) continue;
    const own = hops.get(hop) ?? { ats: [], latencies: [] };
    hops.set(hop, own);
    own.ats.push(at);
    own.latencies.push(latencyMs);
  }
  return new Map(
    [...byWindow]
      .filter(([, hops]) => hops.size > 0)
      .map(([at, hops]) => [at, new Map([...hops].map(([hop, own]) => [hop, toHopWindow(hop, own)]))]),
  );
};

/** Latencies of one hop in one window, each with its time at the same place; two lists of numbers, since there may be very many. */
interface Timed {
  readonly ats: number[];
  readonly latencies: number[];
}

const toHopWindow = (hop: string, timed: Timed): HopWindow => {
  const values = new LatencyValues();
  for (const latencyMs of timed.latencies) values.add(latencyMs);
  const sketch = values.toSketch();
  return { sketch, values: boundValues(hop, values), negatives: sketch.skewedCount === 0 ? [] : negativesOf(timed) };
};

const negativesOf = ({ ats, latencies }: Timed): readonly Negative[] =>
  latencies
    .map((latencyMs, place) => ({ latencyMs, at: ats[place] ?? 0 }))
    .toSorted((a, b) => b.at - a.at || b.latencyMs - a.latencyMs)
    .slice(0, skewWindow)
    .flatMap(({ latencyMs }, newer): readonly Negative[] => (latencyMs < 0 ? [[newer, latencyMs]] : []));

/** Wider windows as the sums of narrower ones. */
export const mergeNarrower = async (
  cluster: Cluster,
  flow: FlowId,
  ats: readonly number[],
  { width, from }: { readonly width: number; readonly from: number },
): Promise<Calculated> => {
  const parts = ats.map((at) => ({
    at,
    ids: Array.from({ length: width / from }, (_, part) => windowIdOf({ flow, width: from, at: at + part * from })),
  }));
  const ids = parts.flatMap((part) => part.ids);
  const windows = await cluster.getMany<WindowDocument>(cluster.aliasOf(latencyWindowSchema), ids, ["sketches"]);
  const values = await cluster.getMany<ValuesDocument>(
    cluster.aliasOf(latencyValuesSchema),
    [...windows.keys()],
    ["values"],
  );
  return new Map(
    parts.flatMap((part): readonly (readonly [number, HopWindows])[] => {
      const merged = mergeWindows(
        part.ids.flatMap((id) => {
          const window = windows.get(id);
          const own = values.get(id);
          return window === undefined
            ? []
            : [{ sketches: readSketches(window.source), values: own === undefined ? null : readValues(own.source) }];
        }),
      );
      return merged.size === 0 ? [] : [[part.at, merged]];
    }),
  );
};

interface NarrowerWindow {
  readonly sketches: ReturnType<typeof readSketches>;
  readonly values: ReturnType<typeof readValues> | null;
}

const mergeWindows = (parts: readonly NarrowerWindow[]): HopWindows => {
  const hops = new Set(parts.flatMap(({ sketches }) => [...sketches.keys()]));
  return new Map(
    [...hops].map((hop): readonly [string, HopWindow] => {
      const own = parts.filter(({ sketches }) => sketches.has(hop));
      const sketch = new LatencySketch();
      for (const { sketches } of own) sketch.merge(sketches.get(hop)?.sketch ?? new LatencySketch());
      return [hop, { sketch, values: mergeValues(hop, own), negatives: [] }];
    }),
  );
};

/** Null as soon as there are too many, or where a part has none: then that part is calculated again, and this after it. */
const mergeValues = (hop: string, parts: readonly NarrowerWindow[]): LatencyValues | null => {
  const merged = new LatencyValues();
  for (const { values } of parts) {
    const own = values?.get(hop) ?? null;
    if (own === null) return null;
    merged.merge(own);
    if (boundValues(hop, merged) === null) return null;
  }
  return merged;
};
