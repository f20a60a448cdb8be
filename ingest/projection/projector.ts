import type { Portion } from "#ingest/collector/backlog.ts";
import type { World } from "#ingest/collector/world.ts";
import { createAliasUnitCheck } from "#ingest/projection/alias-unit-check.ts";
import { toBatch } from "#ingest/projection/batch.ts";
import { findDirty } from "#ingest/projection/dirty-journeys.ts";
import { rebuildJourneys } from "#ingest/projection/journeys.ts";
import { createKeyGraph, type KeyGraph } from "#ingest/projection/key-graph.ts";
import { reachAgain } from "#ingest/projection/reach-again.ts";
import { createSharedProjector } from "#ingest/projection/shared-projector.ts";
import type { SourceBoard } from "#ingest/projection/source-board.ts";
import { addToUnit, type UnitFactsOptions } from "#ingest/projection/unit-facts.ts";
import type { StoredEvent } from "#lib/event/hop-event.ts";
import type { FlowId } from "#lib/id/id.ts";
import type { FactsTools } from "#lib/journey/facts.ts";
import type { EventPosition, PositionedEvent } from "#lib/storage/event-log.ts";
import type { JourneyRow } from "#lib/storage/journey-index.ts";
import type { Link, ProjectionChange, Unit, UnitId } from "#lib/storage/projection.ts";
import type { EventStorage } from "#lib/storage/storage.ts";

export interface ProjectorOptions {
  readonly storage: Pick<EventStorage, "events" | "projection" | "units" | "crosswalk">;
  readonly board: SourceBoard;
  readonly world: () => World;
  readonly tools: FactsTools;
  readonly now: () => number;
  /** Accepted, and not projected yet. */
  readonly isWaiting: (event: StoredEvent) => boolean;
}

/** Keeps what is derived from events in step with them. One call at a time. */
export interface Projector {
  /**
   * The next accepted events in order of arrival, up to their position. Where it fails it may be called again with the same events, or with
   * parts of them, the whole being `among`.
   */
  project(portion: Portion, among?: readonly StoredEvent[]): Promise<void>;
  /** Judges journeys again as of now; nothing of their events has changed. */
  judgeAgain(rows: readonly Pick<JourneyRow, "flow" | "primary">[]): Promise<void>;
  /** Takes kept events into units that the versions with these hashes give them a step in. Doing it twice changes nothing. */
  matchAgain(events: readonly PositionedEvent[], hashes: ReadonlySet<string>): Promise<void>;
}

export function createProjector(options: ProjectorOptions): Projector {
  const { shared } = options.storage.projection;
  return shared === undefined ? createSoleProjector(options) : createSharedProjector(options, shared);
}

/** Where nobody else projects into the store: each call commits once, all or nothing. */
function createSoleProjector(options: ProjectorOptions): Projector {
  const { storage, board } = options;
  const aliasUnits = createAliasUnitCheck(storage.units, options.world);
  let noted: readonly StoredEvent[] | null = null;

  const factsOptions = (events: readonly StoredEvent[]): UnitFactsOptions => {
    let identities: ReadonlySet<string> | null = null;
    return {
      listKept: async (keys, limit) => storage.events.listByKeys(keys, limit),
      tools: options.tools,
      world: options.world(),
      isUnprojected(event) {
        identities ??= new Set(events.map(identityOf));
        return identities.has(identityOf(event)) || options.isWaiting(event);
      },
    };
  };

  /** Flows for which some journey may have events that name no primary. */
  const listWalking = async (): Promise<readonly FlowId[]> => {
    const walking: FlowId[] = [];
    for (const flow of options.world().flows) if (await aliasUnits.ask(flow)) walking.push(flow);
    return walking;
  };

  const rebuild = async (
    dirty: ReadonlyMap<FlowId, readonly string[]>,
    changed: Map<UnitId, Unit>,
    graph: KeyGraph,
    facts: UnitFactsOptions,
  ): Promise<Pick<ProjectionChange, "journeys" | "removed">> => {
    const journeys: JourneyRow[] = [];
    const removed: { readonly flow: FlowId; readonly primary: string }[] = [];
    const journeyOptions = {
      units: storage.units,
      world: options.world(),
      board,
      calendars: options.world().calendars,
      now: options.now(),
      facts,
      walks: graph.after,
      changed,
      hasAliasUnits: aliasUnits.ask,
    };
    for (const [flow, primaries] of dirty) {
      const rebuilt = await rebuildJourneys(flow, primaries, journeyOptions);
      for (const row of rebuilt.rows) journeys.push(row);
      for (const each of rebuilt.removed) removed.push(each);
    }
    return { journeys, removed };
  };

  const commit = async (change: Omit<ProjectionChange, "sources" | "reporters">): Promise<void> => {
    const ofSources = board.takeChange();
    try {
      await storage.projection.commit({ ...change, ...ofSources });
    } catch (error) {
      board.keep(ofSources);
      throw error;
    }
  };

  const finish = async (
    changed: Map<UnitId, Unit>,
    known: ReadonlyMap<UnitId, Unit>,
    facts: UnitFactsOptions,
    learned: {
      readonly links: readonly Link[];
      readonly keys: ProjectionChange["keys"];
      readonly position: EventPosition | null;
    },
  ): Promise<void> => {
    aliasUnits.note(changed.values());
    const graph = createKeyGraph(storage.crosswalk, learned.links);
    const walking = await listWalking();
    const newLinks = walking.length > 0 && learned.links.length > 0 ? await graph.findNew() : [];
    const flows = new Set([...changed.values()].map(({ flow }) => flow));
    if (newLinks.length > 0) for (const flow of walking) flows.add(flow);
    const dirty = new Map<FlowId, readonly string[]>();
    for (const flow of flows) {
      const found = { units: storage.units, world: options.world(), graph, changed, known, newLinks };
      dirty.set(flow, await findDirty(flow, walking.includes(flow), found));
    }
    const judged = await rebuild(dirty, changed, graph, facts);
    await commit({ units: [...changed.values()], ...learned, ...judged });
  };

  return {
    async project({ events, position }, among = events) {
      if (noted !== among)
        for (const { source, eventTime, ingestedAt } of among) board.noteEvent(source, eventTime, ingestedAt);
      noted = among;
      const batch = toBatch(events, options.world());
      for (const { flow, step, event } of batch.reports) board.noteReport(flow, step, event.source, event.eventTime);
      const facts = factsOptions(events);
      const known = await storage.units.load([...batch.touched.keys()]);
      const changed = new Map<UnitId, Unit>();
      for (const [id, touched] of batch.touched)
        changed.set(id, await addToUnit(known.get(id) ?? null, touched, facts));
      await finish(changed, known, facts, { links: batch.links, keys: batch.keys, position });
    },

    async judgeAgain(rows) {
      const changed = new Map<UnitId, Unit>();
      const dirty = new Map<FlowId, readonly string[]>();
      for (const [flow, ofFlow] of Map.groupBy(rows, (row) => row.flow))
        dirty.set(
          flow,
          ofFlow.map(({ primary }) => primary),
        );
      const judged = await rebuild(dirty, changed, createKeyGraph(storage.crosswalk, []), factsOptions([]));
      await commit({ units: [...changed.values()], links: [], keys: [], ...judged, position: null });
    },

    async matchAgain(kept, hashes) {
      const facts = factsOptions([]);
      const events = kept.map(({ event }) => event);
      const reached = await reachAgain(events, hashes, { board, units: storage.units, facts });
      await finish(reached.changed, reached.known, facts, { links: [], keys: [], position: null });
    },
  };
}

const identityOf = (event: StoredEvent): string => `${event.source}\u0000${event.id}`;
