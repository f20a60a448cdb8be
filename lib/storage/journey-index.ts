import type { ErrorClass } from "#lib/event/hop-event.ts";
import type { FlowId, StepId, SystemId } from "#lib/id/id.ts";
import type { FailureGroup } from "#lib/journey/failure-group.ts";
import type { JourneyState, Reason, TroubleState, Wake } from "#lib/journey/judgement.ts";

/** A deadline of a journey, for counting outages and overdue records per step. */
export interface StepDue {
  readonly step: StepId;
  readonly dueAt: number;
  /** Settled, late, passed or failed there: due and not missing. Otherwise, once `dueAt` has passed, missing. */
  readonly arrived: boolean;
}

export interface HopLatency {
  /** `from..to` */
  readonly hop: string;
  /** Event time at `to`, epoch ms. */
  readonly at: number;
  readonly latencyMs: number;
}

/** A judged journey as lists, counts and the watcher need it; made by the engine, stored as it is. */
export interface JourneyRow {
  readonly flow: FlowId;
  readonly primary: string;
  readonly versionHash: string;
  readonly state: JourneyState;
  /** Never `outage`: that is computed when read. */
  readonly reason: Reason | null;
  readonly step: StepId | null;
  readonly system: SystemId | null;
  readonly hop: string | null;
  readonly errorClass: ErrorClass | null;
  readonly field: string | null;
  readonly point: string | null;
  /** The failed event's message with numbers and ids taken out. */
  readonly signature: string | null;
  readonly since: number;
  readonly dueAt: number | null;
  readonly startedAt: number;
  readonly lastEventAt: number;
  readonly newestIngestedAt: number;
  readonly eventsTotal: number;
  readonly endedBy: StepId | null;
  readonly backfill: boolean;
  readonly dues: readonly StepDue[];
  readonly latencies: readonly HopLatency[];
  readonly wake: Wake;
}

/** One journey, as closings and counts name it. */
export interface JourneyId {
  readonly flow: FlowId;
  readonly primary: string;
}

/** Opaque to callers, stable while rows come and go: the place after the last row read. */
export type JourneyCursor = string & { readonly __cursor: true };

/** Narrows to journeys in trouble, those that have a reason; null: those that have none of it. */
export interface TroubleFilter {
  readonly step?: StepId;
  readonly reason?: Reason;
  readonly errorClass?: ErrorClass | null;
  readonly field?: string | null;
  readonly system?: SystemId | null;
  readonly point?: string | null;
  readonly signature?: string | null;
}

export interface JourneyQuery extends TroubleFilter {
  /** Flows the caller may see, narrowed to those asked for; empty answers nothing. */
  readonly flows: readonly FlowId[];
  readonly states?: readonly JourneyState[];
  /** from ≤ startedAt < to, epoch ms. */
  readonly from?: number;
  readonly to?: number;
  /** from ≤ since < to, epoch ms. */
  readonly sinceFrom?: number;
  readonly sinceTo?: number;
  /** Forgiving form of the primary's or an alias's beginning or end. */
  readonly keyForm?: string;
  /** Closed by hand: left out, unless completed. */
  readonly closed?: readonly JourneyId[];
}

export interface JourneyPage {
  readonly items: readonly JourneyRow[];
  readonly next: JourneyCursor | null;
}

/** What makes journeys "alike": the open ones with the same flow, step, reason, class and field. */
export interface AlikeQuery {
  readonly flow: FlowId;
  readonly step: StepId;
  readonly reason: Reason;
  readonly errorClass: ErrorClass | null;
  readonly field: string | null;
}

export type { FailureGroup } from "#lib/journey/failure-group.ts";

export interface FailureCount {
  /** One entry a group asked for; null where the journey has none. */
  readonly group: Readonly<Partial<Record<FailureGroup, string | null>>>;
  readonly count: number;
  /** Smallest and largest `since`, epoch ms. */
  readonly firstAt: number;
  readonly lastAt: number;
  /** Primaries of the newest, at most 5. */
  readonly newest: readonly { readonly flow: FlowId; readonly primary: string }[];
}

/** All that makes journeys in trouble the same kind. */
export interface TroubleKind {
  readonly flow: FlowId;
  readonly state: TroubleState;
  readonly reason: Reason;
  readonly step: StepId | null;
  readonly system: SystemId | null;
  readonly errorClass: ErrorClass | null;
  readonly field: string | null;
  readonly point: string | null;
  readonly signature: string | null;
}

export interface TroubleQuery extends TroubleFilter {
  readonly flows: readonly FlowId[];
  readonly states?: readonly TroubleState[];
  /** from ≤ since < to, epoch ms. */
  readonly from: number;
  readonly to: number;
  readonly closed?: readonly JourneyId[];
}

export interface TroubleCount {
  readonly kind: TroubleKind;
  readonly count: number;
  /** Smallest and largest `since`, epoch ms. */
  readonly firstAt: number;
  readonly lastAt: number;
  /** By `since`, oldest first, empty ones left out; a bucket starts at a multiple of its width since the epoch. */
  readonly buckets: readonly { readonly at: number; readonly count: number }[];
}

/**
 * Judged journeys, for lists and counts and for the watcher.
 *
 * - `list` is newest first by (startedAt, flow, primary) and stable: a row present throughout is on exactly one page. An unknown cursor
 *   is StorageError `invalid_cursor`.
 * - `closed` names journeys that people closed by hand: those of them that are not completed are neither listed nor counted.
 * - No method scans all journeys: cost grows with what is answered (counts by group: with the broken journeys).
 */
export interface JourneyIndex {
  find(flow: FlowId, primary: string): Promise<JourneyRow | null>;
  findMany(ids: readonly { readonly flow: FlowId; readonly primary: string }[]): Promise<readonly JourneyRow[]>;
  list(
    query: JourneyQuery,
    page: { readonly cursor: JourneyCursor | null; readonly limit: number },
  ): Promise<JourneyPage>;
  /** How many `list` would list over all its pages, up to `limit`. */
  count(query: JourneyQuery, limit: number): Promise<number>;
  countByState(
    flows: readonly FlowId[],
    closed?: readonly JourneyId[],
  ): Promise<ReadonlyMap<FlowId, Readonly<Record<JourneyState, number>>>>;
  /** Journeys with `from ≤ startedAt < to`, epoch ms, as the engine judges them, those closed by hand too; cost grows with their number. */
  countStarted(
    flows: readonly FlowId[],
    from: number,
    to: number,
  ): Promise<ReadonlyMap<FlowId, Readonly<Record<JourneyState, number>>>>;
  countAlike(
    query: AlikeQuery,
    closed?: readonly JourneyId[],
  ): Promise<{ readonly count: number; readonly since: number | null }>;
  /** Of the journeys with `from ≤ dueAt ≤ to` at the step and `dueAt < now`: how many, and how many did not arrive. */
  countDue(
    flow: FlowId,
    step: StepId,
    from: number,
    to: number,
    now: number,
  ): Promise<{ readonly due: number; readonly missing: number }>;
  /** Failed and overdue journeys whose `since` lies in [from, to), counted by the groups, most first; at most `limit` groups. */
  countFailures(
    query: {
      readonly flows: readonly FlowId[];
      readonly from: number;
      readonly to: number;
      readonly closed?: readonly JourneyId[];
    },
    groups: readonly FailureGroup[],
    limit: number,
  ): Promise<readonly FailureCount[]>;
  /** Journeys in trouble by kind, most first; at most `limit` kinds, where there are very many of the largest. `bucketMs` null: without buckets. */
  countTrouble(query: TroubleQuery, bucketMs: number | null, limit: number): Promise<readonly TroubleCount[]>;
  /** Journeys in trouble by `since`, the newest or the oldest first. */
  listTrouble(query: TroubleQuery, first: "newest" | "oldest", limit: number): Promise<readonly JourneyRow[]>;
  /** Journeys whose stored judgement has to be made again: `wake.at ≤ now`. Oldest first. */
  listDue(now: number, limit: number): Promise<readonly JourneyRow[]>;
  /** Journeys that wait for a source's watermark and for which it has come: `wake.source` is it and `after < watermark`. */
  listWaitingForSource(source: string, watermark: number, limit: number): Promise<readonly JourneyRow[]>;
  /** Journeys that wait for the set of this step's sources to change. */
  listWaitingForStep(flow: FlowId, step: StepId, after: string | null, limit: number): Promise<readonly JourneyRow[]>;
  /** Journeys of a flow in order of primary, for rejudging. */
  scan(flow: FlowId, after: string | null, limit: number): Promise<readonly JourneyRow[]>;
}
