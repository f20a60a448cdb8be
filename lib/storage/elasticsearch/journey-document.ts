import type { estypes } from "@elastic/elasticsearch";
import { createHash } from "node:crypto";
import { troubleStates } from "#lib/journey/judgement.ts";
import { latenciesOf } from "#lib/latency/journey-latencies.ts";
import { narrowestWidth, spanStart } from "#lib/latency/sketch-span.ts";
import { type IndexSchema, kept, keyword, long } from "#lib/storage/elasticsearch/index-schema.ts";
import { toCountedTerm, toTerm, toTimedTerm } from "#lib/storage/elasticsearch/search-term.ts";
import { journeyFrom, toJourneyBody } from "#lib/storage/journey-body.ts";
import type { JourneyRow, TroubleKind } from "#lib/storage/journey-index.ts";

/** Looked up, never sorted or counted by. */
const lookedUp: estypes.MappingProperty = { type: "keyword", ignore_above: 8191, doc_values: false };
const lookedUpTime: estypes.MappingProperty = { type: "long", doc_values: false };

/** Judged journeys: what is searched and counted by, and the row itself. */
export const journeySchema: IndexSchema = {
  name: "journey",
  version: 1,
  span: "one",
  settings: { sort: { field: ["startedAt", "flow", "primary"], order: ["desc", "desc", "desc"] } },
  properties: {
    flow: keyword,
    primary: keyword,
    state: keyword,
    flowState: keyword,
    startedAt: long,
    since: long,
    newestIngestedAt: long,
    step: keyword,
    reason: keyword,
    errorClass: keyword,
    field: keyword,
    system: keyword,
    point: keyword,
    signature: keyword,
    kind: keyword,
    dues: lookedUp,
    missed: lookedUp,
    wakeAt: long,
    waitsForSource: lookedUp,
    waitsAfter: long,
    waitsForStep: lookedUp,
    windows: lookedUpTime,
    body: kept,
  },
};

export interface JourneyDocument {
  readonly flow: string;
  readonly primary: string;
  readonly state: string;
  /** For counting by both in one. */
  readonly flowState: string;
  readonly startedAt: number;
  readonly since: number;
  readonly newestIngestedAt: number;
  readonly step: string | null;
  readonly reason: string | null;
  readonly errorClass: string | null;
  readonly field: string | null;
  readonly system: string | null;
  readonly point: string | null;
  readonly signature: string | null;
  /** All that makes journeys in trouble the same kind, as one text; null for the others. */
  readonly kind: string | null;
  /** Step and time of each deadline, and of those whose record did not arrive. */
  readonly dues: readonly string[];
  readonly missed: readonly string[];
  readonly wakeAt: number | null;
  /** Source and time of each wait for a watermark, and the smallest of these times. */
  readonly waitsForSource: readonly string[];
  readonly waitsAfter: number | null;
  readonly waitsForStep: readonly string[];
  /** Starts of the narrowest windows that its latencies lie in. */
  readonly windows: readonly number[];
  readonly body: string;
}

/** A primary may have as many bytes as an id, beside its flow: so it is hashed. */
export const journeyIdOf = (flow: string, primary: string): string =>
  createHash("sha256").update(`${flow}\u0000${primary}`).digest().subarray(0, 20).toString("base64url");

export const flowStateOf = (flow: string, state: string): string => `${toTerm(flow)}\u0000${state}`;

const toKindTerm = (row: JourneyRow): string | null => {
  const kind = kindOf(row);
  if (kind === null) return null;
  const { flow, state, reason, step, system, errorClass, field, point, signature } = kind;
  return toCountedTerm(JSON.stringify([flow, state, reason, step, system, errorClass, field, point, signature]));
};

/** What was written in a kind's term, unless it is hashed; in this order for ever: documents hold it. */
export const parseKindTerm = (term: string): TroubleKind => {
  const [flow, state, reason, step, system, errorClass, field, point, signature] = asKindList(JSON.parse(term));
  return { flow, state, reason, step, system, errorClass, field, point, signature };
};

type KindList = readonly [
  TroubleKind["flow"],
  TroubleKind["state"],
  TroubleKind["reason"],
  TroubleKind["step"],
  TroubleKind["system"],
  TroubleKind["errorClass"],
  ...rest: readonly [field: string | null, point: string | null, signature: string | null],
];

/** Terms that are not hashed were written by `toKindTerm`. */
const asKindList = (parsed: unknown): KindList => parsed as KindList;

/** What kind of trouble a journey is in; null where it is in none. */
export const kindOf = (row: JourneyRow): TroubleKind | null => {
  const state = troubleStates.find((each) => each === row.state);
  if (row.reason === null || state === undefined) return null;
  const { flow, reason, step, system, errorClass, field, point, signature } = row;
  return { flow, state, reason, step, system, errorClass, field, point, signature };
};

const termOrNull = (text: string | null): string | null => (text === null ? null : toTerm(text));

export const toJourneyDocument = (row: JourneyRow): JourneyDocument => {
  const waits = [row.wake, ...(row.wake.more ?? [])];
  const sources = waits.flatMap(({ source }) => source ?? []);
  return {
    flow: toTerm(row.flow),
    primary: row.primary.toWellFormed(),
    state: row.state,
    flowState: flowStateOf(row.flow, row.state),
    startedAt: row.startedAt,
    since: row.since,
    newestIngestedAt: row.newestIngestedAt,
    step: termOrNull(row.step),
    reason: row.reason,
    errorClass: row.errorClass,
    field: termOrNull(row.field),
    system: termOrNull(row.system),
    point: termOrNull(row.point),
    signature: termOrNull(row.signature),
    kind: toKindTerm(row),
    dues: row.dues.map(({ step, dueAt }) => toTimedTerm(step, dueAt)),
    missed: row.dues.filter(({ arrived }) => !arrived).map(({ step, dueAt }) => toTimedTerm(step, dueAt)),
    wakeAt: row.wake.at ?? null,
    waitsForSource: sources.map(({ source, after }) => toTimedTerm(source, after)),
    waitsAfter: sources.length === 0 ? null : Math.min(...sources.map(({ after }) => after)),
    waitsForStep: waits.flatMap(({ step }) => (step === undefined ? [] : toTerm(step))),
    windows: windowsOf(row),
    body: toJourneyBody(row),
  };
};

/** Starts of the narrowest windows that what the journey contributes to its flow's latencies lies in. */
const windowsOf = (row: JourneyRow): readonly number[] => [
  ...new Set(latenciesOf(row).map(({ at }) => spanStart(at, narrowestWidth))),
];

export const toJourneyRow = ({ body }: Pick<JourneyDocument, "body">): JourneyRow => journeyFrom(body);
