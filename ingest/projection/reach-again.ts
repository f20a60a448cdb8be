import type { World } from "#ingest/collector/world.ts";
import type { TouchedUnit } from "#ingest/projection/batch.ts";
import type { SourceBoard } from "#ingest/projection/source-board.ts";
import {
  emptyUnit,
  isAt,
  isKnownToEarlier,
  type UnitFactsOptions,
  withVersion,
} from "#ingest/projection/unit-facts.ts";
import { type UnitPlace, unitsOf } from "#lib/crosswalk/unit.ts";
import type { StoredEvent } from "#lib/event/hop-event.ts";
import type { FlowVersion } from "#lib/flow/flow-version.ts";
import { matchStep } from "#lib/flow/match-step.ts";
import type { Unit, UnitId, Units } from "#lib/storage/projection.ts";

interface ReachOptions {
  readonly board: SourceBoard;
  readonly units: Pick<Units, "load">;
  readonly facts: UnitFactsOptions;
}

interface Reached {
  readonly changed: Map<UnitId, Unit>;
  readonly known: ReadonlyMap<UnitId, Unit>;
}

/** Units that kept events belong to under these versions and under none saved before them: "matched nothing, and now does". */
export function listReached(
  events: readonly StoredEvent[],
  hashes: ReadonlySet<string>,
  { board, world }: { readonly board: SourceBoard; readonly world: World },
): ReadonlyMap<UnitId, TouchedUnit> {
  interface Found {
    readonly place: UnitPlace;
    readonly events: { readonly event: StoredEvent; readonly versions: FlowVersion[] }[];
  }
  const reached = new Map<UnitId, Found>();
  for (const event of events) {
    for (const version of world.declared.versions) {
      if (!hashes.has(version.hash) || !isAt(event, version) || isKnownToEarlier(event, version, world)) continue;
      const step = matchStep(event, version.declaration);
      if (step !== null && step !== "ambiguous_step")
        board.noteReport(version.flow, step, event.source, event.eventTime);
      for (const place of unitsOf(event, version.declaration)) {
        const found: Found = reached.get(place.id) ?? { place, events: [] };
        reached.set(place.id, found);
        const known = found.events.find((each) => each.event === event);
        if (known === undefined) found.events.push({ event, versions: [version] });
        else known.versions.push(version);
      }
    }
  }
  return reached;
}

/** These units with facts under those versions; where nobody else projects. */
export async function reachAgain(
  events: readonly StoredEvent[],
  hashes: ReadonlySet<string>,
  { board, units, facts }: ReachOptions,
): Promise<Reached> {
  const reached = listReached(events, hashes, { board, world: facts.world });
  const known = await units.load([...reached.keys()]);
  const changed = new Map<UnitId, Unit>();
  for (const [id, { place, events: own }] of reached) {
    const before = known.get(id) ?? emptyUnit(place);
    let unit = before;
    for (const version of new Set(own.flatMap(({ versions }) => versions)))
      unit = await withVersion(unit, version, facts);
    // A unit without a counted event is all in batches that are still to be projected.
    if (unit !== before && unit.eventsTotal > 0) changed.set(id, unit);
  }
  return { changed, known };
}
