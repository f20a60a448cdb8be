import type { Swept } from "#ingest/projection/sweep.ts";
import type { SpoolState } from "#ingest/spool/spooled-intake.ts";
import type { BatchResult, WireForm } from "#ingest/source.ts";
import type { FlowVersion } from "#lib/flow/flow-version.ts";
import type { FlowId, SourceId } from "#lib/id/id.ts";
import type { MaskCounts } from "#lib/privacy/mask-count.ts";
import type { MaskingPolicy } from "#lib/privacy/masking-policy.ts";
import type { EventPosition } from "#lib/storage/event-log.ts";
import type { JourneyId } from "#lib/storage/journey-index.ts";
import type { UnitId } from "#lib/storage/projection.ts";
import type { StorageErrorCode } from "#lib/storage/storage-error.ts";
import type { Surroundings } from "#lib/storage/definitions.ts";

/** Who speaks, as far as the door needs it. Empty lists: any. */
export interface Speaker {
  readonly sources: readonly string[];
  readonly systems: readonly string[];
}

/** Everything that is declared, as the store holds it. */
export interface DeclaredWorld {
  readonly versions: readonly FlowVersion[];
  /** Flows still declared somewhere; events are matched with these only. */
  readonly active: readonly FlowId[];
  readonly surroundings: Surroundings;
  /** null: the built-in policy. */
  readonly privacy: MaskingPolicy | null;
  /** Raw; laid over those that come with Hopline. */
  readonly calendars: readonly unknown[];
  /** Versions for which kept events have not all been matched again. */
  readonly matchingAgain: readonly string[];
}

/** Which dead letters to send through the door again; all that are open where nothing is given. */
export interface RedriveQuery {
  /** Empty: any. */
  readonly ids?: readonly string[];
  readonly reason?: string;
  readonly source?: string;
}

/** What the main thread may ask of the collector's, by name. */
export interface Calls {
  /** One request's body, whole: `body` is handed over, not copied. Answered when everything in it is durable. */
  batch: {
    readonly input: {
      readonly body: Uint8Array<ArrayBuffer>;
      readonly form: WireForm;
      readonly speaker: Speaker;
      readonly arrivedAt: number;
      readonly backfill: boolean;
    };
    readonly output: BatchResult | "too_many";
  };
  heartbeat: {
    readonly input: { readonly source: string; readonly at: number; readonly arrivedAt: number };
    readonly output: null;
  };
  /** Puts declarations in force; what changed is judged and matched again in the background. */
  declare: { readonly input: DeclaredWorld; readonly output: null };
  redrive: {
    readonly input: RedriveQuery;
    readonly output: {
      readonly accepted: number;
      readonly duplicates: number;
      readonly rejected: number;
      readonly cut: number;
    };
  };
  /** Judges a slice of a flow's journeys again, in order of their units; `after` is where the next slice begins, null at the end. */
  judgeSlice: {
    /** `all` false: only those that another version judges now. */
    readonly input: { readonly flow: FlowId; readonly after: UnitId | null; readonly all: boolean };
    readonly output: { readonly journeys: number; readonly after: UnitId | null };
  };
  /** Matches a slice of the kept events with these versions again, in order of arrival; `after` as above. */
  matchSlice: {
    readonly input: { readonly hashes: readonly string[]; readonly after: EventPosition | null };
    readonly output: { readonly events: number; readonly after: EventPosition | null };
  };
  /** Projects a page of the events that a writer took in since then (epoch ms) and will not project any more: it has ended, or its call failed. */
  takeUp: {
    readonly input: { readonly since: number; readonly ofOthers: boolean };
    readonly output: { readonly events: number };
  };
  /** Judges a slice of the journeys that time or a watermark has made due. */
  judgeDue: { readonly input: null; readonly output: { readonly more: boolean } };
  /** Brings a slice of what is calculated ahead for reads up to date. Beside everything else: nothing waits for it. */
  settleMeasures: { readonly input: null; readonly output: { readonly more: boolean } };
  /** Looks whether a slice of what was projected is in everything that is made from it; projects again what is not. Waits for its turn only for that. */
  sweep: { readonly input: null; readonly output: Swept };
  /** Lets a slice of what is older than retention, or above the disk limit, go. */
  expire: {
    readonly input: null;
    /** `before`: what arrived earlier is gone once there is no more. */
    readonly output: { readonly events: number; readonly more: boolean; readonly before: number };
  };
  /** Those of these journeys that there are none of (any more), once all that was accepted is in the journeys. */
  withoutJourney: { readonly input: readonly JourneyId[]; readonly output: readonly JourneyId[] };
  /** Lets a slice of everything go that flows hold from these sources; asked again until there is no more. */
  forget: {
    readonly input: { readonly flows: readonly FlowId[]; readonly sources: readonly SourceId[] };
    readonly output: { readonly events: number; readonly more: boolean };
  };
  /** What was masked by which rule since the start. */
  countMasks: { readonly input: null; readonly output: MaskCounts };
  /** What waits on this machine's disk for a store that is away; null where the store is this machine's own. Answered at once. */
  spool: { readonly input: null; readonly output: SpoolState | null };
  /** Figures for `/metrics` that have to be asked for. */
  measure: { readonly input: null; readonly output: CollectorFigures };
  /** Takes no more, finishes what it has, closes the store. */
  stop: { readonly input: null; readonly output: null };
}

export type CallName = keyof Calls;

export interface CollectorFigures {
  /** Null while the store is away. */
  readonly store: {
    readonly bytes: number;
    readonly eventsKept: number;
    readonly deadLettersOpen: number;
  } | null;
  /** Accepted events that are not in the journeys yet. */
  readonly pendingEvents: number;
  readonly waitingRequests: number;
}

/** How a call can fail, as it travels between threads. */
export interface CallFailure {
  readonly code: StorageErrorCode | "stopping" | "not_found" | "internal";
  readonly message: string;
  readonly retryable: boolean;
}

export type ToCollector = {
  readonly [Name in CallName]: { readonly id: number; readonly name: Name; readonly input: Calls[Name]["input"] };
}[CallName];

export type FromCollector =
  | { readonly kind: "ready" }
  | { readonly kind: "failed"; readonly failure: CallFailure }
  | { readonly kind: "answered"; readonly id: number; readonly output: unknown }
  | { readonly kind: "refused"; readonly id: number; readonly failure: CallFailure }
  | {
      readonly kind: "log";
      readonly level: "info" | "warn" | "error";
      readonly message: string;
      readonly fields: Readonly<Record<string, unknown>>;
    };
