import type { FlowId, KeyType, SourceId, StepId, SystemId } from "#lib/id/id.ts";
import type { CheckResult } from "#lib/contract/check-result.ts";

export const operations = ["create", "send", "receive", "process", "settle"] as const;
export type Operation = (typeof operations)[number];

export const outcomes = ["ok", "failed", "retrying", "skipped"] as const;
export type Outcome = (typeof outcomes)[number];

export const errorClasses = [
  "missing_field",
  "bad_format",
  "rejected",
  "timeout",
  "unreachable",
  "circuit_open",
  "duplicate",
  "conflict",
  "unauthorized",
  "unknown",
] as const;
export type ErrorClass = (typeof errorClasses)[number];

export interface HopError {
  readonly class: ErrorClass;
  readonly field?: string;
  readonly code?: string;
  readonly message?: string;
}

export type KeyValues = Readonly<Record<KeyType, readonly string[]>>;

/** One sighting of a record at a step, parsed and trusted: DESIGN 4.1 after the edge. Empty texts have been left out. */
export interface HopEvent {
  /** As sent, or the keyed hash over the RFC 8785 form of the whole event. */
  readonly id: string;
  readonly source: SourceId;
  /** Epoch milliseconds, whole. */
  readonly eventTime: number;
  readonly flow?: FlowId;
  readonly step?: StepId;
  readonly system?: SystemId;
  readonly point?: string;
  readonly to?: string;
  readonly trace?: string;
  readonly operation: Operation;
  readonly outcome: Outcome;
  /** At least one type with at least one value, unless every key is of a searchable type (then see `StoredEvent.searchable`). */
  readonly keys: KeyValues;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly payload?: unknown;
  readonly error?: HopError;
  /**
   * Members Hopline has no name for, at the place where they were sent: `{ batch: "b1", error: { stack: "…" } }`.
   * Kept and shown, never interpreted.
   */
  readonly extra?: Readonly<Record<string, unknown>>;
}

/** What is still known of a text after masking (DESIGN promise 5). */
export interface MaskFact {
  readonly rule: string;
  /** What stood there before masking; absent: a text. A masked number is shown as text. */
  readonly type?: "integer" | "number";
  readonly blank: boolean;
  /** UTF-16 length is not used: Unicode code points, as JSON Schema counts. */
  readonly length: number;
  /** JSON Schema formats the text satisfied, e.g. `["email"]`. */
  readonly formats: readonly string[];
  /** Keyed hash, so that "the same before and after" stays provable. */
  readonly hash: string;
}

/** What is kept of a key of a `searchable` type: found by full value only, shown masked. */
export interface SearchableValue {
  /** HMAC of type and normalised value. */
  readonly token: string;
  /** `138****8000` */
  readonly shown: string;
}

/** An event as it is kept: masked, with what was judged before masking. All that follows (facts, pages) reads this form only. */
export interface StoredEvent extends HopEvent {
  /** Epoch milliseconds of arrival at our door; retention counts from it. */
  readonly ingestedAt: number;
  /** Hash of the content as sent, member order and `trace` aside; tells a repeat from `id_reused`. */
  readonly contentHash: string;
  /** Results of every downstream contract and `when`, by schema hash. */
  readonly checks?: Readonly<Record<string, CheckResult>>;
  /** Masked places by JSON pointer into the event, e.g. `/payload/phone`. */
  readonly masks?: Readonly<Record<string, MaskFact>>;
  readonly searchable?: Readonly<Record<KeyType, readonly SearchableValue[]>>;
  /** Brought in by an import: makes journeys and statistics, never alerts. */
  readonly backfill?: true;
}
