import type { World } from "#ingest/collector/world.ts";
import type { TouchedUnit } from "#ingest/projection/batch.ts";
import { countOnce } from "#ingest/projection/count-once.ts";
import { type UnitPlace, unitsOf } from "#lib/crosswalk/unit.ts";
import type { StoredEvent } from "#lib/event/hop-event.ts";
import type { FlowVersion } from "#lib/flow/flow-version.ts";
import type { FlowId } from "#lib/id/id.ts";
import { matchStep } from "#lib/flow/match-step.ts";
import { emptyFacts, type Facts, type FactsTools, mergeFacts, toFacts } from "#lib/journey/facts.ts";
import type { Arrival } from "#lib/storage/event-log.ts";
import type { Key } from "#lib/key/key.ts";
import type { Unit } from "#lib/storage/projection.ts";

/** Kept events of one unit that are read to make facts under another version; more belong to no business record. */
const readLimit = 50_000;

export interface UnitFactsOptions {
  /** Kept events that carry any of the keys, at most `limit`. */
  readonly listKept: (keys: readonly Key[], limit: number) => Promise<readonly StoredEvent[]>;
  readonly tools: FactsTools;
  readonly world: World;
  /** Accepted, but not projected yet (or in the batch at hand): they come with their own batch and must not be counted twice. */
  isUnprojected(event: StoredEvent): boolean;
  /** Where several workers project: of each event that was handed over or listed above. */
  readonly arrivalOf?: (event: StoredEvent) => Arrival | undefined;
}

/** A unit with a batch's events added: facts under every version it needs, times and counts. */
export async function addToUnit(unit: Unit | null, touched: TouchedUnit, options: UnitFactsOptions): Promise<Unit> {
  const { place, events } = touched;
  let grown = unit ?? emptyUnit(place);
  const startedAt = events.reduce((first, { event }) => Math.min(first, event.eventTime), grown.startedAt);
  const needed = options.world.versionAt(place.flow, startedAt);
  const isForeign = (version: FlowVersion): boolean => options.world.matchingAgain.has(version.hash);
  // While kept events are being matched with a new version, a unit that its events reach takes in all of them at once.
  const versions = new Set(events.flatMap((each) => each.versions.filter(isForeign)));
  if (needed !== null) versions.add(needed);
  for (const version of versions) {
    if (unit !== null || isForeign(version)) grown = await withVersion(grown, version, options);
  }
  const facts: Record<string, Facts> = { ...grown.facts };
  if (needed !== null) facts[needed.hash] ??= emptyFacts;
  for (const hash of Object.keys(facts)) {
    const version = options.world.findVersion(place.flow, hash);
    if (version === null) continue;
    let merged = facts[hash] ?? emptyFacts;
    for (const each of events) {
      if (each.versions.some((one) => one.hash === hash))
        merged = mergeFacts(merged, toFacts(each.event, version, options.tools));
    }
    facts[hash] = merged;
  }
  return count(
    { ...grown, facts },
    events.map(({ event }) => event),
    options,
  );
}

/** The unit with facts under this version, made from its kept events where it has none. What earlier versions had no step for is counted now. */
export async function withVersion(unit: Unit, version: FlowVersion, options: UnitFactsOptions): Promise<Unit> {
  if (unit.facts[version.hash] !== undefined) return unit;
  let facts = emptyFacts;
  const fresh: StoredEvent[] = [];
  const isMatchingAgain = options.world.matchingAgain.has(version.hash);
  for (const event of await options.listKept(unit.keys, readLimit)) {
    if (!unitsOf(event, version.declaration).some(({ id }) => id === unit.id)) continue;
    if (!isAt(event, version)) continue;
    facts = mergeFacts(facts, toFacts(event, version, options.tools));
    if (isMatchingAgain && !options.isUnprojected(event) && !isKnownToEarlier(event, version, options.world))
      fresh.push(event);
  }
  return count({ ...unit, facts: { ...unit.facts, [version.hash]: facts } }, fresh, options);
}

/** Whether the version has one step for the event. */
export const isAt = (event: StoredEvent, version: FlowVersion): boolean => {
  const step = matchStep(event, version.declaration);
  return step !== null && step !== "ambiguous_step";
};

/** Whether a version saved before this one had a step for the event, so that it is counted already. */
export const isKnownToEarlier = (event: StoredEvent, version: FlowVersion, world: World): boolean => {
  for (const earlier of world.versionsOf(version.flow)) {
    if (earlier === version) return false;
    if (isAt(event, earlier)) return true;
  }
  return false;
};

/** The hash of the first version of a flow that has a step for the event; empty where none has. */
export const firstVersionOf = (event: StoredEvent, flow: FlowId, world: World): string =>
  world.versionsOf(flow).find((version) => isAt(event, version))?.hash ?? "";

export function emptyUnit(place: UnitPlace): Unit {
  return {
    ...place,
    startedAt: Infinity,
    lastEventAt: -Infinity,
    newestIngestedAt: -Infinity,
    eventsTotal: 0,
    backfill: true,
    facts: {},
  };
}

function count(unit: Unit, events: readonly StoredEvent[], { arrivalOf, world }: UnitFactsOptions): Unit {
  let { startedAt, lastEventAt, newestIngestedAt } = unit;
  let isBackfill = unit.backfill === true;
  for (const event of events) {
    startedAt = Math.min(startedAt, event.eventTime);
    lastEventAt = Math.max(lastEventAt, event.eventTime);
    newestIngestedAt = Math.max(newestIngestedAt, event.ingestedAt);
    isBackfill &&= event.backfill === true;
  }
  const { backfill: _, ...rest } = unit;
  const backfill = isBackfill ? { backfill: true as const } : {};
  const isSole = arrivalOf === undefined;
  const eventsTotal = isSole ? unit.eventsTotal + events.length : unit.eventsTotal;
  const grown = { ...rest, startedAt, lastEventAt, newestIngestedAt, eventsTotal, ...backfill };
  if (isSole) return grown;
  return countOnce(
    grown,
    events.map((event) => ({ arrival: arrivalOf(event), firstVersion: firstVersionOf(event, unit.flow, world) })),
  );
}
