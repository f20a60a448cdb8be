import type { ErrorClass, StoredEvent } from "#lib/event/hop-event.ts";
import type { FlowId, SourceId, StepId } from "#lib/id/id.ts";
import type { Key } from "#lib/key/key.ts";

/** A place in the log, growing with arrival; opaque to callers, comparable only by the adapter. */
export type EventPosition = string & { readonly __position: true };

/** Which step of which flow the event was at its arrival; empty for an unmatched event. */
export interface StepMatch {
  readonly flow: FlowId;
  readonly step: StepId;
  /** Of a failed event, for `listFailed`: the primary it names, where it names exactly one in this flow. */
  readonly primary?: string;
  /** Of a failed event, for `listFailed`: its message with numbers and ids taken out. */
  readonly signature?: string;
}

export interface AcceptItem {
  /** Whole, or where `json` is given, without the texts that nothing but `json` is asked for. */
  readonly event: StoredEvent;
  /** The whole event as JSON, where it was made already: much smaller to hold than what it was made from. */
  readonly json?: string;
  readonly matches: readonly StepMatch[];
}

export type AcceptOutcome = "accepted" | "duplicate" | "id_reused";

export interface AcceptResult {
  /** One per item, in order. */
  readonly outcomes: readonly AcceptOutcome[];
  /** Place of the last accepted event; everything at or before it is durable. */
  readonly position: EventPosition | null;
}

export interface PositionedEvent {
  readonly position: EventPosition;
  readonly event: StoredEvent;
}

export interface FailedEventQuery {
  readonly flows: readonly FlowId[];
  /** Event time, epoch ms, from ≤ t < to. */
  readonly from: number;
  readonly to: number;
}

/** One failed event as the failures page counts it. */
export interface FailedEvent {
  readonly flow: FlowId;
  readonly step: StepId;
  readonly system?: string;
  readonly errorClass: ErrorClass;
  readonly field?: string;
  readonly point?: string;
  readonly signature: string;
  readonly eventTime: number;
  readonly primary?: string;
}

export interface Forgetting {
  /** Events that carry any of these … */
  readonly keys: readonly Key[];
  /** … and come from one of these. */
  readonly sources: readonly SourceId[];
  /** What the failures page counts of these flows goes with them. */
  readonly flows: readonly FlowId[];
}

export interface ForgottenEvents {
  readonly count: number;
  /** All keys that they carried. */
  readonly keys: readonly Key[];
}

/**
 * What was seen, as it was seen (masked). The one truth: all else can be made again from it while it is kept.
 *
 * - `accept` resolves only when every accepted event is on disk (or in the cluster) and survives kill -9 and power loss.
 *   Within a batch and against everything kept, (source, id) counts once: the same content again is `duplicate`, other
 *   content `id_reused`; the first to arrive stays. It rejects with StorageError `full` or `unavailable` (both retryable):
 *   then nothing of the batch was stored.
 * - What `accept` has resolved is in every later read of the same process, and within 1 s in those of others.
 */
export interface EventLog {
  accept(items: readonly AcceptItem[]): Promise<AcceptResult>;
  /** Events that carry any of the keys (searchable values: their token as value), newest arrival first; each event once. */
  listByKeys(keys: readonly Key[], limit: number): Promise<readonly StoredEvent[]>;
  /** The same with their places, in order of arrival backwards: those that arrived before `before` (the newest where null). */
  pageByKeys(keys: readonly Key[], before: EventPosition | null, limit: number): Promise<readonly PositionedEvent[]>;
  find(source: string, id: string): Promise<StoredEvent | null>;
  /** All kept events in order of arrival, after `after` (from the first where null). */
  scan(after: EventPosition | null, limit: number): Promise<readonly PositionedEvent[]>;
  /** Kept events, newest arrival first. */
  listNewest(limit: number): Promise<readonly StoredEvent[]>;
  /** Failed events (outcome `failed`) that matched a step at arrival; at most `limit`, newest event time first. */
  listFailed(query: FailedEventQuery, limit: number): Promise<readonly FailedEvent[]>;
  countAll(): Promise<number>;
  /**
   * Forgets events as if they had never come: no read tells of them, in other processes within 1 s, and the same sent again is new.
   * Positions stay, those of all other events too.
   */
  forget(what: Forgetting): Promise<ForgottenEvents>;
  /** Forgets events that arrived before `before` (whole units of storage at a time) and gives the space back. Resolves to how many. */
  expire(before: number): Promise<number>;
}
