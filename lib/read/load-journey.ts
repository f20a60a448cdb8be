import { tooCommonAt, type KeyTypes, type Neighbours } from "#lib/crosswalk/adjacent.ts";
import { aliasesAround } from "#lib/crosswalk/aliases-around.ts";
import { primaryUnit, unitsOf } from "#lib/crosswalk/unit.ts";
import { nearestPrimaries } from "#lib/crosswalk/walk.ts";
import type { FlowVersion } from "#lib/flow/flow-version.ts";
import type { FlowId } from "#lib/id/id.ts";
import { emptyFacts, isEmpty, mergeFacts, toFacts, type Facts } from "#lib/journey/facts.ts";
import { factsTools } from "#lib/read/facts-tools.ts";
import { versionFor } from "#lib/journey/version-for.ts";
import { toKeyId, type Key } from "#lib/key/key.ts";
import type { EventLog } from "#lib/storage/event-log.ts";
import type { Crosswalk, Unit, Units } from "#lib/storage/projection.ts";

/** Alias units that may lead to one primary; more belong to no business record. */
const maxAliasUnits = 2_000;
/** Kept events of one unit that facts are made from; more belong to no business record. */
const maxEvents = 50_000;

export interface JourneySources {
  readonly units: Pick<Units, "load" | "listByAliases">;
  readonly neighbours: Neighbours;
  /** Asked only where facts under a version have not been made yet. */
  readonly events: Pick<EventLog, "listByKeys">;
}

/** A flow with its versions; key types are those of the newest. */
export interface JourneyFlow {
  readonly flow: FlowId;
  readonly versions: readonly FlowVersion[];
  readonly types: KeyTypes;
}

/** Everything the engine needs to judge one journey. */
export interface LoadedJourney {
  readonly flow: FlowId;
  readonly primary: string;
  readonly version: FlowVersion;
  readonly facts: Facts;
  /** The primary's own unit, where it has one, and the alias units that lead to it. */
  readonly units: readonly Unit[];
  readonly newestIngestedAt: number;
  readonly eventsTotal: number;
}

/** `Crosswalk.neighbours` as walks want it, each key asked once. */
export function rememberNeighbours(crosswalk: Crosswalk): Neighbours {
  const asked = new Map<string, readonly Key[]>();
  return async (keys, types) => {
    const suffix = types.join(" ");
    const nameOf = (key: Key): string => `${toKeyId(key)}\u0000${suffix}`;
    const unknown = keys.filter((key) => !asked.has(nameOf(key)));
    if (unknown.length > 0) {
      const found = await crosswalk.neighbours(unknown, types, tooCommonAt);
      for (const key of unknown) asked.set(nameOf(key), found.get(toKeyId(key)) ?? []);
    }
    return new Map(keys.map((key) => [toKeyId(key), asked.get(nameOf(key)) ?? []]));
  };
}

/**
 * The facts of a journey under the version that judges it; null where no event at a step of that version belongs to this primary.
 * The same reading as the worker's projection makes, so that a record can be judged now and not as it was stored.
 */
export async function loadJourney(
  flow: JourneyFlow,
  primary: string,
  sources: JourneySources,
): Promise<LoadedJourney | null> {
  const own = primaryUnit({ flow: flow.flow, primary: flow.types.primary }, primary).id;
  const kept = await sources.units.load([own]);
  return assembleJourney(flow, primary, [...kept.values(), ...(await aliasUnitsOf(flow, primary, sources))], sources);
}

/** Units known by aliases only whose nearest primaries include this one. */
async function aliasUnitsOf(
  { flow, types }: JourneyFlow,
  primary: string,
  sources: JourneySources,
): Promise<readonly Unit[]> {
  if (types.aliases.length === 0) return [];
  const aliases = await aliasesAround({ type: types.primary, value: primary }, types, sources.neighbours);
  if (aliases.length === 0) return [];
  const found: Unit[] = [];
  for (const unit of await sources.units.listByAliases(flow, aliases, maxAliasUnits)) {
    const { primaries } = await nearestPrimaries(unit.keys, types, sources.neighbours);
    if (primaries.some(({ value }) => value === primary)) found.push(unit);
  }
  return found;
}

/** Merges units under the version that their earliest event decides; null where nothing of them is at a step of it. */
export async function assembleJourney(
  flow: JourneyFlow,
  primary: string,
  units: readonly Unit[],
  sources: JourneySources,
): Promise<LoadedJourney | null> {
  if (units.length === 0) return null;
  const startedAt = units.reduce((first, unit) => Math.min(first, unit.startedAt), Infinity);
  const version = versionFor(flow.versions, startedAt) ?? flow.versions[0];
  if (version === undefined) return null;
  let facts = emptyFacts;
  for (const unit of units)
    facts = mergeFacts(facts, unit.facts[version.hash] ?? (await deriveFacts(unit, version, sources)));
  if (isEmpty(facts)) return null;
  return {
    flow: flow.flow,
    primary,
    version,
    facts,
    units,
    newestIngestedAt: units.reduce((newest, unit) => Math.max(newest, unit.newestIngestedAt), -Infinity),
    eventsTotal: units.reduce((sum, unit) => sum + unit.eventsTotal, 0),
  };
}

/** A version saved a moment ago: its facts are made from the kept events until the worker has made them. */
async function deriveFacts(unit: Unit, version: FlowVersion, { events }: JourneySources): Promise<Facts> {
  const kept = await events.listByKeys(unit.keys, maxEvents);
  return kept
    .filter((event) => unitsOf(event, version.declaration).some(({ id }) => id === unit.id))
    .reduce((facts, event) => mergeFacts(facts, toFacts(event, version, factsTools)), emptyFacts);
}
