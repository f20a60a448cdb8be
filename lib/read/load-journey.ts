import type { KeyTypes, Walks } from "#lib/crosswalk/adjacent.ts";
import { type AliasGroup, type ListByAliases, unitsLeadingTo } from "#lib/crosswalk/alias-units.ts";
import { primaryUnit, unitsOf } from "#lib/crosswalk/unit.ts";
import { tallyOf } from "#lib/crosswalk/unit-tally.ts";
import type { FlowVersion } from "#lib/flow/flow-version.ts";
import type { FlowId } from "#lib/id/id.ts";
import { emptyFacts, isEmpty, mergeFacts, toFacts, type Facts } from "#lib/journey/facts.ts";
import { mergeAllFacts } from "#lib/journey/merge-all-facts.ts";
import { versionFor } from "#lib/journey/version-for.ts";
import { factsTools } from "#lib/read/facts-tools.ts";
import type { EventLog } from "#lib/storage/event-log.ts";
import type { Unit, Units } from "#lib/storage/projection.ts";

/** Kept events of one unit that facts are made from; more belong to no business record. */
const maxEvents = 50_000;

export interface JourneySources {
  readonly units: Pick<Units, "load" | "listByAliases">;
  readonly walks: Walks;
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
  /** The primary's own unit, where it has one, and the alias units that lead to it: lists that are shared with other journeys. */
  readonly lists: readonly (readonly Unit[])[];
  readonly newestIngestedAt: number;
  readonly eventsTotal: number;
}

/**
 * The facts of journeys under the versions that judge them; without those of which no event at a step of that version belongs to the
 * primary. The same reading as the worker's projection makes, so that a record can be judged now and not as it was stored.
 */
export async function loadJourneys(
  flow: JourneyFlow,
  primaries: readonly string[],
  sources: JourneySources,
): Promise<readonly LoadedJourney[]> {
  const { types } = flow;
  const ids = new Map(
    primaries.map((value) => [value, primaryUnit({ flow: flow.flow, primary: types.primary }, value).id]),
  );
  const loading = sources.units.load([...ids.values()]);
  // Whoever awaits it hears of its failure; until then the walk is asked for.
  loading.catch(() => undefined);
  const merge = createMerge(sources);
  const found: LoadedJourney[] = [];
  const load = async (primary: string, groups: readonly AliasGroup<Unit>[]): Promise<void> => {
    const kept = await loading;
    const id = ids.get(primary);
    const own = id === undefined ? undefined : kept.get(id);
    const lists = groups.map(({ units }) => units);
    const loaded = await assemble(flow, primary, own === undefined ? lists : [[own], ...lists], merge);
    if (loaded !== null) found.push(loaded);
  };
  if (types.aliases.length === 0) for (const primary of primaries) await load(primary, []);
  else {
    const keys = primaries.map((value) => ({ type: types.primary, value }));
    const list: ListByAliases<Unit> = async (aliases, limit) => sources.units.listByAliases(flow.flow, aliases, limit);
    for await (const part of unitsLeadingTo(keys, sources.walks(types), list))
      for (const { value } of part.primaries) await load(value, part.groupsOf(value));
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
  return assemble(flow, primary, [units], createMerge(sources));
}

type Merge = (units: readonly Unit[], version: FlowVersion) => Promise<Facts>;

/** Units that many journeys share are put together once. */
function createMerge(sources: JourneySources): Merge {
  const known = new WeakMap<readonly Unit[], Map<string, Facts>>();
  return async (units, version) => {
    const merged = known.get(units)?.get(version.hash);
    if (merged !== undefined) return merged;
    const facts: Facts[] = [];
    for (const unit of units) facts.push(unit.facts[version.hash] ?? (await deriveFacts(unit, version, sources)));
    const all = mergeAllFacts(facts);
    known.set(units, (known.get(units) ?? new Map<string, Facts>()).set(version.hash, all));
    return all;
  };
}

async function assemble(
  flow: JourneyFlow,
  primary: string,
  lists: readonly (readonly Unit[])[],
  merge: Merge,
): Promise<LoadedJourney | null> {
  const tallies = lists.filter(({ length }) => length > 0).map(tallyOf);
  if (tallies.length === 0) return null;
  const tally = tallyOf(tallies);
  const version = versionFor(flow.versions, tally.startedAt) ?? flow.versions[0];
  if (version === undefined) return null;
  const facts = mergeAllFacts(await Promise.all(lists.map(async (units) => merge(units, version))));
  if (isEmpty(facts)) return null;
  const { newestIngestedAt, eventsTotal } = tally;
  return { flow: flow.flow, primary, version, facts, lists, newestIngestedAt, eventsTotal };
}

/** A version saved a moment ago: its facts are made from the kept events until the worker has made them. */
async function deriveFacts(unit: Unit, version: FlowVersion, { events }: JourneySources): Promise<Facts> {
  const kept = await events.listByKeys(unit.keys, maxEvents);
  return kept
    .filter((event) => unitsOf(event, version.declaration).some(({ id }) => id === unit.id))
    .reduce((facts, event) => mergeFacts(facts, toFacts(event, version, factsTools)), emptyFacts);
}
