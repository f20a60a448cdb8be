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
export async function reachAgain(
  events: readonly StoredEvent[],
  hashes: ReadonlySet<string>,
  options: ReachOptions,
): Promise<Reached> {
  const { world } = options.facts;
  const places = new Map<UnitId, { readonly place: UnitPlace; readonly versions: Set<FlowVersion> }>();
  for (const event of events) {
    for (const version of world.declared.versions) {
      if (!hashes.has(version.hash) || !isAt(event, version) || isKnownToEarlier(event, version, world)) continue;
      const step = matchStep(event, version.declaration);
      if (step !== null && step !== "ambiguous_step")
        options.board.noteReport(version.flow, step, event.source, event.eventTime);
      for (const place of unitsOf(event, version.declaration)) {
        const found = places.get(place.id) ?? { place, versions: new Set() };
        places.set(place.id, found);
        found.versions.add(version);
      }
    }
  }
  const known = await options.units.load([...places.keys()]);
  const changed = new Map<UnitId, Unit>();
  for (const [id, { place, versions }] of places) {
    const before = known.get(id) ?? emptyUnit(place);
    let unit = before;
    for (const version of versions) unit = await withVersion(unit, version, options.facts);
    // A unit without a counted event is all in batches that are still to be projected.
    if (unit !== before && unit.eventsTotal > 0) changed.set(id, unit);
  }
  return { changed, known };
}
