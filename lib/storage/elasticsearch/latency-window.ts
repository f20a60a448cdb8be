import { createHash } from "node:crypto";
import type { FlowId } from "#lib/id/id.ts";
import { LatencySketch } from "#lib/latency/latency-sketch.ts";
import { LatencyValues } from "#lib/latency/latency-values.ts";
import { isExactFor } from "#lib/latency/exactness.ts";
import { boolean, type IndexSchema, kept, keyword, long } from "#lib/storage/elasticsearch/index-schema.ts";
import { toTerm } from "#lib/storage/elasticsearch/search-term.ts";

/** Sketches of all hops of a flow in one span of time: five minutes, an hour, a day. */
export const latencyWindowSchema: IndexSchema = {
  name: "latency-window",
  version: 1,
  span: "one",
  properties: {
    flow: keyword,
    width: long,
    at: long,
    calculatedAt: long,
    isEmpty: boolean,
    hops: keyword,
    sketches: kept,
  },
};

/** The values themselves, under the same id; of hops that have too many, none. Apart, since sketches are read far more often. */
export const latencyValuesSchema: IndexSchema = {
  name: "latency-values",
  version: 1,
  span: "one",
  properties: { flow: keyword, width: long, at: long, calculatedAt: long, isEmpty: boolean, values: kept },
};

/** A window of a flow, and when it was calculated; times in epoch ms. */
interface Calculation {
  readonly flow: string;
  readonly width: number;
  readonly at: number;
  readonly calculatedAt: number;
  /** Nothing is in it any more. It still stands for a while: who calculates it at the same moment must meet it. */
  readonly isEmpty: boolean;
}

export interface WindowDocument extends Calculation {
  readonly hops: readonly string[];
  readonly sketches: string;
}

export interface ValuesDocument extends Calculation {
  readonly values: string;
}

/** A negative latency, and how many of its hop in the window ended after it. */
export type Negative = readonly [newer: number, latencyMs: number];

/** One hop in one window. */
export interface HopWindow {
  readonly sketch: LatencySketch;
  /** Null where there are too many for exact percentiles. */
  readonly values: LatencyValues | null;
  /** Of the newest thousand; kept in the narrowest windows only. */
  readonly negatives: readonly Negative[];
}

export type HopWindows = ReadonlyMap<string, HopWindow>;

export interface WindowPlace {
  readonly flow: FlowId;
  readonly width: number;
  readonly at: number;
}

export const windowIdOf = ({ flow, width, at }: WindowPlace): string =>
  createHash("sha256").update(`${flow}\u0000${width}\u0000${at}`).digest().subarray(0, 20).toString("base64url");

const toCalculation = ({ flow, width, at }: WindowPlace, hops: HopWindows, now: number): Calculation => ({
  flow: toTerm(flow),
  width,
  at,
  calculatedAt: now,
  isEmpty: hops.size === 0,
});

export const toWindowDocument = (place: WindowPlace, hops: HopWindows, now: number): WindowDocument => ({
  ...toCalculation(place, hops, now),
  hops: [...hops.keys()].map(toTerm),
  sketches: JSON.stringify([...hops].map(([hop, { sketch, negatives }]) => [hop, toText(sketch.toBytes()), negatives])),
});

export const toValuesDocument = (place: WindowPlace, hops: HopWindows, now: number): ValuesDocument => ({
  ...toCalculation(place, hops, now),
  values: JSON.stringify([...hops].map(([hop, { values }]) => [hop, values && toText(values.toBytes())])),
});

/** Of the hops that are wanted: opening a sketch is what costs. */
export const readSketches = (
  { sketches }: Pick<WindowDocument, "sketches">,
  isWanted: (hop: string) => boolean = everyHop,
): ReadonlyMap<string, Pick<HopWindow, "sketch" | "negatives">> =>
  new Map(
    asSketches(JSON.parse(sketches))
      .filter(([hop]) => isWanted(hop))
      .map(([hop, bytes, negatives]) => [hop, { sketch: LatencySketch.fromBytes(toBytes(bytes)), negatives }]),
  );

export const readValues = (
  { values }: Pick<ValuesDocument, "values">,
  isWanted: (hop: string) => boolean = everyHop,
): ReadonlyMap<string, LatencyValues | null> =>
  new Map(
    asValues(JSON.parse(values))
      .filter(([hop]) => isWanted(hop))
      .map(([hop, bytes]) => [hop, bytes === null ? null : LatencyValues.fromBytes(toBytes(bytes))]),
  );

const everyHop = (): boolean => true;

/** Values up to the number that percentiles are exact for. */
export const boundValues = (hop: string, values: LatencyValues): LatencyValues | null =>
  isExactFor(hop, values.total) ? values : null;

const toText = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");
const toBytes = (text: string): Uint8Array => Buffer.from(text, "base64");

/** Written by `toWindowDocument`. */
const asSketches = (parsed: unknown) =>
  parsed as readonly (readonly [hop: string, bytes: string, negatives: readonly Negative[]])[];

/** Written by `toValuesDocument`. */
const asValues = (parsed: unknown) => parsed as readonly (readonly [hop: string, bytes: string | null])[];
