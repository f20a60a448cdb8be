import { type Batch, toBatch } from "#ingest/projection/batch.ts";
import { keyTypesOf } from "#ingest/projection/journeys.ts";
import { createKeyGraph } from "#ingest/projection/key-graph.ts";
import { learnUnits, type Taught } from "#ingest/projection/learn-units.ts";
import type { Projector, ProjectorOptions } from "#ingest/projection/projector.ts";
import { listReached } from "#ingest/projection/reach-again.ts";
import { findSharedDirty } from "#ingest/projection/shared-dirty.ts";
import { createSharedFacts } from "#ingest/projection/shared-facts.ts";
import { judgeShared } from "#ingest/projection/shared-judging.ts";
import { addToUnit, type UnitFactsOptions } from "#ingest/projection/unit-facts.ts";
import { walkAll } from "#ingest/projection/unit-reach.ts";
import type { StoredEvent } from "#lib/event/hop-event.ts";
import type { FlowId } from "#lib/id/id.ts";
import type { EventPosition } from "#lib/storage/event-log.ts";
import type { Unit } from "#lib/storage/projection.ts";
import type { SharedProjection, UnitChange } from "#lib/storage/shared-projection.ts";

/** Where several workers project into the store: what a batch teaches is written first, then journeys are judged from what is stored. */
export function createSharedProjector(options: ProjectorOptions, shared: SharedProjection): Projector {
  const { storage, board } = options;
  const { units, crosswalk } = storage;
  let noted: readonly StoredEvent[] | null = null;

  /** Known once, known for ever; what is not known is asked each time, since others may have learned it. */
  const walking = new Set<FlowId>();
  const findWalking = async (flows: readonly FlowId[]): Promise<ReadonlySet<FlowId>> => {
    const asked = flows.filter((flow) => !walking.has(flow));
    if (asked.length > 0) for (const flow of await shared.findWithAliasUnits(asked)) walking.add(flow);
    return walking;
  };

  const judge = async (dirty: ReadonlyMap<FlowId, readonly string[]>, facts: UnitFactsOptions): Promise<void> => {
    const world = options.world();
    await judgeShared(dirty, {
      units,
      crosswalk,
      shared,
      world,
      board,
      calendars: world.calendars,
      now: options.now(),
      facts,
      hasAliasUnits: async (flow) => (await findWalking([flow])).has(flow),
    });
  };

  const judgeTaught = async ({ changed, newLinks, before }: Taught, facts: UnitFactsOptions): Promise<void> => {
    const world = options.world();
    const withAliases = await findWalking(world.flows);
    const flows = new Set([...changed.values()].map(({ flow }) => flow));
    if (newLinks.length > 0) for (const flow of world.flows) if (withAliases.has(flow)) flows.add(flow);
    const dirty = new Map<FlowId, readonly string[]>();
    const settled: UnitChange[] = [];
    for (const flow of flows) {
      const types = withAliases.has(flow) ? keyTypesOf(world, flow) : null;
      const found = await findSharedDirty(flow, types, { units, crosswalk, shared, changed, newLinks, before });
      dirty.set(flow, found.primaries);
      settled.push(...found.settled);
    }
    await judge(dirty, facts);
    if (settled.length > 0) await shared.learn({ units: settled, links: [], keys: [], again: false });
  };

  /** Says where alias units lead as far as that can be known before they are written: mostly it need not be written once more then. */
  const createGuess = ({ links, touched }: Batch): ((unit: Unit) => Promise<Unit>) => {
    const { after } = createKeyGraph(crosswalk, links);
    const places = [...touched.values()].map(({ place }) => place).filter(({ isPrimary }) => !isPrimary);
    const byFlow = Map.groupBy(places, ({ flow }) => flow);
    return async (unit) => {
      const types = unit.isPrimary ? null : keyTypesOf(options.world(), unit.flow);
      if (types === null || unit.leadsTo !== undefined) return unit;
      // Keys of all units of the flow with one question, at the first of them.
      const ofFlow = byFlow.get(unit.flow) ?? [];
      byFlow.delete(unit.flow);
      if (ofFlow.length > 0) await after(types)(ofFlow.flatMap(({ keys }) => keys));
      const primaries = (await walkAll([unit], after(types))).get(unit) ?? [];
      return primaries.length === 0 ? unit : { ...unit, leadsTo: { primaries, isExact: false } };
    };
  };

  /** Of sources, and how far this writer has come. */
  const advance = async (position: EventPosition | null): Promise<void> => {
    const ofSources = board.takeChange();
    const nothing = { units: [], links: [], keys: [], journeys: [], removed: [] };
    try {
      await storage.projection.commit({ ...nothing, ...ofSources, position });
    } catch (error) {
      board.keep(ofSources);
      throw error;
    }
  };

  return {
    async project(portion, among = portion.events) {
      const again = portion.again === true || noted === among;
      if (noted !== among && portion.isNoted !== true)
        for (const { source, eventTime, ingestedAt } of among) board.noteEvent(source, eventTime, ingestedAt);
      noted = among;
      const batch = toBatch(portion.events, options.world());
      for (const { flow, step, event } of batch.reports) board.noteReport(flow, step, event.source, event.eventTime);
      const facts = createSharedFacts(options, shared, portion);
      const guess = createGuess(batch);
      const taught = await learnUnits(
        {
          ids: batch.touched.keys(),
          async make(id, unit) {
            const touched = batch.touched.get(id);
            return touched === undefined ? null : await guess(await addToUnit(unit, touched, facts));
          },
          links: batch.links,
          keys: batch.keys,
          again,
        },
        { units, shared },
      );
      await judgeTaught(taught, facts);
      await advance(portion.position);
    },

    async judgeAgain(rows) {
      const facts = createSharedFacts(options, shared, { events: [] });
      const byFlow = Map.groupBy(rows, ({ flow }) => flow);
      await judge(new Map([...byFlow].map(([flow, ofFlow]) => [flow, ofFlow.map(({ primary }) => primary)])), facts);
      await advance(null);
    },

    async matchAgain(kept, hashes) {
      const facts = createSharedFacts(options, shared, { events: [] });
      await facts.take(kept);
      // Those that are still to be projected come into their units with their own batch.
      const events = kept.map(({ event }) => event).filter((event) => !facts.isUnprojected(event));
      const reached = listReached(events, hashes, { board, world: options.world() });
      const taught = await learnUnits(
        {
          ids: reached.keys(),
          async make(id, unit) {
            const touched = reached.get(id);
            return touched === undefined ? null : await addToUnit(unit, touched, facts);
          },
          links: [],
          keys: [],
          again: false,
        },
        { units, shared },
      );
      await judgeTaught(taught, facts);
      await advance(null);
    },
  };
}
