import type { FlowId, KeyType, SourceId, StepId } from "#lib/id/id.ts";
import type { Link } from "#lib/crosswalk/link.ts";
import type { UnitId } from "#lib/crosswalk/unit.ts";
import type { Key } from "#lib/key/key.ts";
import type { Facts } from "#lib/journey/facts.ts";
import type { JourneyRow } from "#lib/storage/journey-index.ts";
import type { EventPosition } from "#lib/storage/event-log.ts";
import type { SharedProjection } from "#lib/storage/shared-projection.ts";
import type { SourceProgress } from "#lib/source/source.ts";

export type { Link, UnitId };

/**
 * The facts of all events of one flow that name the same primary, or that name no primary and exactly the same aliases.
 * A journey's facts are the merge of its primary's unit and of the alias units that lead to it: so nothing ever has to be
 * taken out of facts when a nearer link is learned.
 */
export interface Unit {
  readonly id: UnitId;
  readonly flow: FlowId;
  /** One primary, or the sorted aliases. */
  readonly keys: readonly Key[];
  readonly isPrimary: boolean;
  /** Event times, epoch ms, over all versions of the flow. */
  readonly startedAt: number;
  readonly lastEventAt: number;
  /** Arrival of the newest event; the unit is kept as long as that event. */
  readonly newestIngestedAt: number;
  readonly eventsTotal: number;
  /** All its events came in by an import. */
  readonly backfill?: true;
  /** Facts under each flow version that was needed so far, by version hash. */
  readonly facts: Readonly<Record<string, Facts>>;
  /** Where several workers project: which events are in `eventsTotal`, see ingest/projection/count-once.ts. */
  readonly counted?: Readonly<Record<string, number>>;
  /** Of an alias unit where several workers project. */
  readonly leadsTo?: LeadsTo;
}

/**
 * Values of the primaries whose journeys may have been judged with a unit's facts: widened before such a journey is judged. `isExact`: these
 * and no others have been.
 */
export interface LeadsTo {
  readonly primaries: readonly string[];
  readonly isExact: boolean;
}

/** Newest event time of a source at a step, for "the sources of a step". */
export interface Reporter {
  readonly flow: FlowId;
  readonly step: StepId;
  readonly source: SourceId;
  readonly newestEventAt: number;
}

/** Everything one batch of events changed in what is derived from them. Rows replace the rows of the same id. */
export interface ProjectionChange {
  readonly units: readonly Unit[];
  readonly links: readonly Link[];
  readonly keys: readonly Key[];
  readonly journeys: readonly JourneyRow[];
  /** Journeys that no longer exist under this primary (an alias unit moved away and nothing is left). */
  readonly removed: readonly { readonly flow: FlowId; readonly primary: string }[];
  readonly sources: readonly SourceProgress[];
  readonly reporters: readonly Reporter[];
  /** Events up to here are in it; null leaves the position as it was. */
  readonly position: EventPosition | null;
}

/** What is derived from events that are forgotten. */
export interface ForgottenProjection {
  readonly units: readonly Unit[];
  readonly journeys: readonly { readonly flow: FlowId; readonly primary: string }[];
  /** Keys that no event carries any more: neither found nor linked. */
  readonly keys: readonly Key[];
}

/**
 * Where what is derived from events is kept: units, links, known keys, judged journeys, sources.
 *
 * - `commit` is all or nothing and in order. It may hold changes back from disk for up to 500 ms, but `position` never runs
 *   ahead of them: after a crash the worker projects again from `position`, and merging the same facts twice changes nothing.
 * - A committed change is in every later read of the same process, and within 1 s in those of others.
 * - Two commits never run at once in one process. Where several workers project at once, units and journeys go by `shared`, `commit` has the
 *   rest; `commit` of units or journeys is then for who is alone, and not all or nothing.
 */
export interface Projection {
  /** Where several workers write: of the events that this one took in. */
  position(): Promise<EventPosition | null>;
  commit(change: ProjectionChange): Promise<void>;
  /** Absent where a store has one writer. */
  readonly shared?: SharedProjection;
  /** Makes everything committed durable now (graceful stop, backup). */
  flush(): Promise<void>;
  /** Takes these away with everything counted from them; all or nothing, and on disk when resolved. */
  forget(what: ForgottenProjection): Promise<void>;
  /** Forgets units, journeys, links and keys whose newest event arrived before `before`. Works in bounded slices; resolves to true when done. */
  expire(before: number): Promise<boolean>;
}

export interface Units {
  load(ids: readonly UnitId[]): Promise<ReadonlyMap<UnitId, Unit>>;
  /** Alias units of the flow that carry any of these aliases; at most `limit`. */
  listByAliases(flow: FlowId, aliases: readonly Key[], limit: number): Promise<readonly Unit[]>;
  /** Every unit of a flow in id order, for rejudging; after `after`. */
  scan(flow: FlowId, after: UnitId | null, limit: number): Promise<readonly Unit[]>;
}

export interface Crosswalk {
  /** Keys seen beside each key in one event, of the given types; at most `limit` + 1 a key and type, so that callers can tell "more than limit". */
  neighbours(
    keys: readonly Key[],
    types: readonly KeyType[],
    limit: number,
  ): Promise<ReadonlyMap<string, readonly Key[]>>;
}

export interface KeySearch {
  /**
   * Keys whose forgiving form (lib/key/search-form.ts) begins or ends with `form` (≥ 4 characters; shorter forms match whole keys only).
   * Exact first, then beginnings, then endings; within these by value. Any type.
   */
  list(form: string, limit: number): Promise<readonly Key[]>;
}
