import {
  errorClasses,
  operations,
  outcomes,
  type ErrorClass,
  type HopError,
  type HopEvent,
  type Operation,
  type Outcome,
} from "#lib/event/hop-event.ts";
import type { RejectReason } from "#lib/event/reject-reason.ts";
import { findTooDeep, toContentText } from "#lib/event/canonical.ts";
import { emptyRecord, isJsonObject, type JsonObject } from "#lib/event/json-object.ts";
import { toPointer } from "#lib/event/json-pointer.ts";
import { parseKeys } from "#lib/event/parse-keys.ts";
import { parseTime } from "#lib/event/parse-time.ts";
import { toFlowId, toSourceId, toStepId, toSystemId } from "#lib/id/id.ts";

export interface HopEventDefaults {
  /** The token's source, where it has exactly one; else the event's system, else `http`. */
  readonly source?: string;
  /** Keyed hash of the content text; it is the id of an event that has none. */
  readonly hash: (text: string) => string;
}

export type ParsedHopEvent =
  | {
      readonly accepted: true;
      readonly event: HopEvent;
      /** Hash of the content as sent, member order and `trace` aside. */
      readonly contentHash: string;
    }
  | { readonly accepted: false; readonly reason: RejectReason; readonly path: string };

const latestAheadMs = 86_400_000;

const known: ReadonlySet<string> = new Set([
  "id",
  "flow",
  "step",
  "system",
  "operation",
  "time",
  "outcome",
  "keys",
  "attributes",
  "payload",
  "error",
  "point",
  "to",
  "source",
  "trace",
]);
const knownInError: ReadonlySet<string> = new Set(["class", "field", "code", "message"]);

const operationOf: ReadonlyMap<unknown, Operation> = new Map(operations.map((name) => [name, name]));
const outcomeOf: ReadonlyMap<unknown, Outcome> = new Map(outcomes.map((name) => [name, name]));
const classOf: ReadonlyMap<unknown, ErrorClass> = new Map(errorClasses.map((name) => [name, name]));

const rejected = (reason: RejectReason, path: string): ParsedHopEvent => ({ accepted: false, reason, path });

/** Thrown nowhere: a value that no text can be, for "has the wrong type". */
const wrongType = Symbol("wrong type");

/** A member that is a text; undefined where it is left out, null, empty or blank. */
const textOf = (raw: JsonObject, name: string): string | undefined | typeof wrongType => {
  const value = raw[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") return wrongType;
  if (value === "" || value.trim() === "") return undefined;
  return value.isWellFormed() ? value : value.toWellFormed();
};

/**
 * One hop event as sent (JSON already read) → an event the rest of the house can trust, or why it can't be taken and where.
 * `raw` may come from anywhere; it is not changed. Fields the wire names are typed, all others are kept in `extra`.
 * Size is the caller's: it alone knows the bytes.
 */
export const parseHopEvent = (
  raw: unknown,
  at: { readonly ingestedAt: number },
  defaults: HopEventDefaults,
): ParsedHopEvent => {
  if (!isJsonObject(raw)) return rejected("invalid_type", "");
  const keys = parseKeys(Object.hasOwn(raw, "keys") ? raw["keys"] : undefined);
  if ("reason" in keys) return rejected(keys.reason, keys.path);

  const time = raw["time"];
  if (time === undefined || time === null) return rejected("missing_time", "/time");
  const eventTime = parseTime(time);
  if (eventTime === null) return rejected("invalid_type", "/time");
  if (!(eventTime >= 0 && eventTime <= at.ingestedAt + latestAheadMs)) return rejected("time_out_of_range", "/time");

  const step = textOf(raw, "step");
  if (step === wrongType) return rejected("invalid_type", "/step");
  const system = textOf(raw, "system");
  if (system === wrongType) return rejected("invalid_type", "/system");
  if (step === undefined && system === undefined) return rejected("missing_step", "/step");
  const flow = textOf(raw, "flow");
  if (flow === wrongType) return rejected("invalid_type", "/flow");
  const sentSource = textOf(raw, "source");
  if (sentSource === wrongType) return rejected("invalid_type", "/source");
  const sentId = textOf(raw, "id");
  if (sentId === wrongType) return rejected("invalid_type", "/id");
  const point = textOf(raw, "point");
  if (point === wrongType) return rejected("invalid_type", "/point");
  const to = textOf(raw, "to");
  if (to === wrongType) return rejected("invalid_type", "/to");
  const trace = textOf(raw, "trace");
  if (trace === wrongType) return rejected("invalid_type", "/trace");

  const operation = operationOf.get(raw["operation"] ?? "process");
  if (operation === undefined) return rejected("invalid_type", "/operation");
  const outcome = outcomeOf.get(raw["outcome"] ?? "ok");
  if (outcome === undefined) return rejected("invalid_type", "/outcome");

  const attributes = raw["attributes"] ?? undefined;
  if (attributes !== undefined && !isJsonObject(attributes)) return rejected("invalid_type", "/attributes");
  const payload = raw["payload"] ?? undefined;
  const rawError = raw["error"] ?? undefined;
  let error: HopError | undefined;
  if (rawError !== undefined) {
    if (!isJsonObject(rawError)) return rejected("invalid_type", "/error");
    const parsed = parseError(rawError);
    if (typeof parsed === "string") return rejected("invalid_type", `/error/${parsed}`);
    error = parsed;
  }

  const content = toContentText(raw);
  if (content === null) return rejected("too_deep", toPointer(findTooDeep(raw) ?? []));
  const contentHash = defaults.hash(content);
  const extra = extraOf(raw, rawError);

  const event: HopEvent = {
    id: sentId ?? contentHash,
    source: toSourceId(sentSource ?? defaults.source ?? system ?? "http"),
    eventTime,
    ...(flow === undefined ? undefined : { flow: toFlowId(flow) }),
    ...(step === undefined ? undefined : { step: toStepId(step) }),
    ...(system === undefined ? undefined : { system: toSystemId(system) }),
    ...(point === undefined ? undefined : { point }),
    ...(to === undefined ? undefined : { to }),
    ...(trace === undefined ? undefined : { trace }),
    operation,
    outcome,
    keys: keys.keys,
    ...(attributes === undefined ? undefined : { attributes }),
    ...(payload === undefined ? undefined : { payload }),
    ...(error === undefined ? undefined : { error }),
    ...(extra === undefined ? undefined : { extra }),
  };
  return { accepted: true, event, contentHash };
};

/** The name of the member with the wrong type where one has. A code may be a number, as many systems send it. */
const parseError = (raw: JsonObject): HopError | string => {
  const name = textOf(raw, "class");
  if (name === wrongType) return "class";
  const field = textOf(raw, "field");
  if (field === wrongType) return "field";
  const code = typeof raw["code"] === "number" ? String(raw["code"]) : textOf(raw, "code");
  if (code === wrongType) return "code";
  const message = textOf(raw, "message");
  if (message === wrongType) return "message";
  return {
    class: classOf.get(name) ?? "unknown",
    ...(field === undefined ? undefined : { field }),
    ...(code === undefined ? undefined : { code }),
    ...(message === undefined ? undefined : { message }),
  };
};

/** What the wire sent beyond the members it names, and an error class we do not know, in its own words. */
const extraOf = (raw: JsonObject, rawError: JsonObject | undefined): Readonly<Record<string, unknown>> | undefined => {
  let extra: Record<string, unknown> | undefined;
  for (const name of Object.keys(raw)) {
    if (known.has(name)) continue;
    extra ??= emptyRecord<unknown>();
    extra[name] = raw[name];
  }
  if (rawError === undefined) return extra;
  let inError: Record<string, unknown> | undefined;
  for (const name of Object.keys(rawError)) {
    const value = rawError[name];
    if (knownInError.has(name) && (name !== "class" || value === null || value === "" || classOf.has(value))) continue;
    inError ??= emptyRecord<unknown>();
    inError[name] = value;
  }
  if (inError === undefined) return extra;
  extra ??= emptyRecord<unknown>();
  extra["error"] = inError;
  return extra;
};
