import type { EventJson } from "#lib/event/event-json.ts";
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
  /** The whole event as JSON, where it was made already: much smaller to hold than what it was made from. Bytes (UTF-8) hold until `accept` is done. */
  readonly json?: EventJson;
  readonly matches: readonly StepMatch[];
}

/** `refused`: the store can never take this one as it is, whatever becomes of the others (too large for the cluster, say). */
export type AcceptOutcome = "accepted" | "duplicate" | "id_reused" | "refused";

/**
 * Which writer took an event in, and as its how-manieth. A writer is one opening of the store; its sequence only grows, and no two events
 * share one: who counts by it counts an event once, however often it is handed over.
 */
export interface Arrival {
  readonly writer: string;
  readonly sequence: number;
}

export interface AcceptResult {
  /** One per item, in order. */
  readonly outcomes: readonly AcceptOutcome[];
  /**
   * Place up to which everything that was accepted is durable and handed over: that of the last accepted event, or an earlier one while it
   * is not known what became of events that a failed `accept` sent. Null where nothing was accepted.
   */
  readonly position: EventPosition | null;
  /** One per item, null for those not accepted. Absent where a store has one writer. */
  readonly arrivals?: readonly (Arrival | null)[];
  /** Of each refused item what the store said of it, by the item's index. */
  readonly refusals?: ReadonlyMap<number, string>;
}

export interface PositionedEvent {
  readonly position: EventPosition;
  readonly event: StoredEvent;
  /** Absent where a store has one writer. */
  readonly arrival?: Arrival;
}

/** Whose events are whose, in a store that several workers write to at once. */
export interface Arrivals {
  /** Of this opening; greater than those of all openings before it. */
  readonly writer: string;
  /** The last event of each writer that took any in since `since` (epoch ms). */
  listWriters(since: number): Promise<readonly Arrival[]>;
  /** Events that a writer took in after this one of its, in order of sequence; none is left out once its writer has ended. */
  scanAfter(after: Arrival, limit: number): Promise<readonly PositionedEvent[]>;
  /**
   * Events that a failed `accept` of this process has left in the store all the same and that nobody has sent again: from now on they count
   * as accepted, with a new arrival, and have to be projected. Their positions are as that of an accept: not their own places while more is
   * in doubt. To be asked now and then.
   */
  takeUp(): Promise<readonly PositionedEvent[]>;
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
 *   then nothing of the batch counts as stored. Where a part of it was written all the same (a cluster that failed half-way), that part is
 *   `accepted` when it is sent again to this process, and else comes by `arrivals.takeUp`, or after a crash by `arrivals.scanAfter`.
 * - What `accept` has resolved is in every later read of the same process, and within 1 s in those of others.
 */
export interface EventLog {
  /** Where it is not known within `withinMs` what became of them, it rejects with `unavailable`: a part may be written then, or yet come to be. */
  accept(items: readonly AcceptItem[], withinMs?: number): Promise<AcceptResult>;
  /** Absent where a store has one writer. */
  readonly arrivals?: Arrivals;
  /** Events that carry any of the keys (searchable values: their token as value), newest arrival first; each event once. */
  listByKeys(keys: readonly Key[], limit: number): Promise<readonly StoredEvent[]>;
  /** The same with their places, in order of arrival backwards: those that arrived before `before` (the newest where null). */
  pageByKeys(keys: readonly Key[], before: EventPosition | null, limit: number): Promise<readonly PositionedEvent[]>;
  find(source: string, id: string): Promise<StoredEvent | null>;
  /**
   * All kept events in order of arrival, after `after` (from the first where null). Where several workers write at once, one that arrives
   * at this moment may stand before a place that was given out already: who may leave none out asks `arrivals.scanAfter` for each writer.
   */
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
