import type { World } from "#ingest/collector/world.ts";
import { type TouchedUnit, toBatch } from "#ingest/projection/batch.ts";
import { isCounted } from "#ingest/projection/count-once.ts";
import { keyTypesOf } from "#ingest/projection/journeys.ts";
import { createKeyGraph } from "#ingest/projection/key-graph.ts";
import { firstVersionOf } from "#ingest/projection/unit-facts.ts";
import { walkAll } from "#ingest/projection/unit-reach.ts";
import { tooCommonAt } from "#lib/crosswalk/adjacent.ts";
import { keysOf } from "#lib/crosswalk/keys-of.ts";
import type { StoredEvent } from "#lib/event/hop-event.ts";
import type { FlowId } from "#lib/id/id.ts";
import { type Key, toKeyId } from "#lib/key/key.ts";
import type { Arrival, PositionedEvent } from "#lib/storage/event-log.ts";
import type { Link, Unit, UnitId } from "#lib/storage/projection.ts";
import type { EventStorage } from "#lib/storage/storage.ts";

export interface Lacking {
  /** Events that something which is made from them lacks. */
  readonly events: ReadonlySet<StoredEvent>;
  /** Keys of units that are not there at all: everything that carries them has to come into them again. */
  readonly keys: readonly Key[];
}

interface LackingOptions {
  readonly storage: Pick<EventStorage, "units" | "crosswalk" | "journeys">;
  readonly world: World;
}

/** Looks, by id, whether units, links and journeys hold these events, all of which were projected some time ago. */
export async function findLacking(page: readonly PositionedEvent[], options: LackingOptions): Promise<Lacking> {
  const { storage, world } = options;
  const events = page.map(({ event }) => event);
  const arrivals = new Map<StoredEvent, Arrival | undefined>(page.map(({ event, arrival }) => [event, arrival]));
  const { touched, links } = toBatch(events, world);
  const lacking = new Set<StoredEvent>();
  const keys: Key[] = [];

  const units = await storage.units.load([...touched.keys()]);
  for (const [id, { place, events: own }] of touched) {
    const unit = units.get(id);
    if (unit === undefined) keys.push(...place.keys);
    for (const { event } of own) {
      const countable = { arrival: arrivals.get(event), firstVersion: firstVersionOf(event, place.flow, world) };
      if (unit === undefined || !isCounted(unit, countable)) lacking.add(event);
    }
  }
  const lackingLinks = new Set(
    (await findUnknown(links, storage.crosswalk)).flatMap(({ a, b }) => [toKeyId(a), toKeyId(b)]),
  );
  if (lackingLinks.size > 0) for (const event of events) if (carriesAny(event, lackingLinks)) lacking.add(event);
  for (const id of [...(await findWithoutRow(touched, storage)), ...(await findLeftBehind(units, options))])
    for (const { event } of touched.get(id)?.events ?? []) lacking.add(event);
  return { events: lacking, keys };
}

/** Links that either of their ends does not know; a key that knows too many need not know all. */
async function findUnknown(links: readonly Link[], crosswalk: EventStorage["crosswalk"]): Promise<readonly Link[]> {
  const ends = [...links, ...links.map(({ a, b }) => ({ a: b, b: a }))];
  const keys = new Map(ends.map(({ a }) => [toKeyId(a), a]));
  const types = [...new Set(ends.map(({ b }) => b.type))];
  const known = await crosswalk.neighbours([...keys.values()], types, tooCommonAt);
  return ends.filter(({ a, b }) => {
    const beside = (known.get(toKeyId(a)) ?? []).filter(({ type }) => type === b.type);
    return beside.length <= tooCommonAt && !beside.some(({ value }) => value === b.value);
  });
}

/** Units of a primary without a journey. */
async function findWithoutRow(
  touched: ReadonlyMap<UnitId, TouchedUnit>,
  { journeys }: Pick<EventStorage, "journeys">,
): Promise<readonly UnitId[]> {
  const wanted = [...touched].flatMap(([id, { place }]) => {
    const [key] = place.keys;
    return place.isPrimary && key !== undefined ? [{ id, flow: place.flow, primary: key.value }] : [];
  });
  const rows = await journeys.findMany(wanted);
  const found = new Set(rows.map(({ flow, primary }) => JSON.stringify([flow, primary])));
  return wanted.filter(({ flow, primary }) => !found.has(JSON.stringify([flow, primary]))).map(({ id }) => id);
}

/** Units known by aliases that lead to a primary whose journey was never judged with them. */
async function findLeftBehind(
  units: ReadonlyMap<UnitId, Unit>,
  { storage, world }: LackingOptions,
): Promise<readonly UnitId[]> {
  const left: UnitId[] = [];
  const graph = createKeyGraph(storage.crosswalk, []);
  const byFlow: ReadonlyMap<FlowId, Unit[]> = Map.groupBy(
    [...units.values()].filter(({ isPrimary }) => !isPrimary),
    ({ flow }) => flow,
  );
  for (const [flow, ofFlow] of byFlow) {
    const types = keyTypesOf(world, flow);
    if (types === null) continue;
    for (const [unit, primaries] of await walkAll(ofFlow, graph.after(types))) {
      const judged = new Set(unit.leadsTo?.primaries);
      if (primaries.some((value) => !judged.has(value))) left.push(unit.id);
    }
  }
  return left;
}

const carriesAny = (event: StoredEvent, ids: ReadonlySet<string>): boolean =>
  keysOf(event.keys).some((key) => ids.has(toKeyId(key)));
