import type { Calls } from "#ingest/collector/call.ts";
import type { World } from "#ingest/collector/world.ts";
import { keyTypesOf } from "#ingest/projection/journeys.ts";
import type { Projector } from "#ingest/projection/projector.ts";
import { createAdjacent, tooCommonAt } from "#lib/crosswalk/adjacent.ts";
import { nearestPrimaries } from "#lib/crosswalk/walk.ts";
import type { EventStorage } from "#lib/storage/storage.ts";

interface AgainOptions {
  readonly storage: Pick<EventStorage, "events" | "units" | "journeys" | "crosswalk">;
  readonly projector: Pick<Projector, "judgeAgain" | "matchAgain">;
  readonly world: () => World;
}

const unitsPerSlice = 500;
const eventsPerSlice = 2_000;

/** Judges the journeys that a slice of a flow's units belongs to; each has a unit, so all slices together find all. */
export async function judgeSlice(
  { flow, after, all }: Calls["judgeSlice"]["input"],
  options: AgainOptions,
): Promise<Calls["judgeSlice"]["output"]> {
  const { storage, projector } = options;
  const world = options.world();
  const types = keyTypesOf(world, flow);
  if (types === null) return { journeys: 0, after: null };
  const units = await storage.units.scan(flow, after, unitsPerSlice);
  const adjacent = createAdjacent(types, (keys, among) => storage.crosswalk.neighbours(keys, among, tooCommonAt));
  const primaries = new Set<string>();
  for (const unit of units) {
    if (unit.isPrimary) for (const { value } of unit.keys) primaries.add(value);
    else {
      const nearest = await nearestPrimaries(unit.keys, adjacent);
      for (const { value } of nearest.primaries) primaries.add(value);
    }
  }
  let wanted = [...primaries].map((primary) => ({ flow, primary }));
  if (!all) {
    const rows = await storage.journeys.findMany(wanted);
    const current = new Set(
      rows.filter((row) => world.versionAt(flow, row.startedAt)?.hash === row.versionHash).map((row) => row.primary),
    );
    wanted = wanted.filter(({ primary }) => !current.has(primary));
  }
  if (wanted.length > 0) await projector.judgeAgain(wanted);
  return { journeys: wanted.length, after: units.length < unitsPerSlice ? null : (units.at(-1)?.id ?? null) };
}

/** Matches a slice of the kept events again, with versions that came after them. */
export async function matchSlice(
  { hashes, after }: Calls["matchSlice"]["input"],
  { storage, projector }: AgainOptions,
): Promise<Calls["matchSlice"]["output"]> {
  const events = await storage.events.scan(after, eventsPerSlice);
  if (events.length > 0) await projector.matchAgain(events, new Set(hashes));
  return { events: events.length, after: events.length < eventsPerSlice ? null : (events.at(-1)?.position ?? null) };
}
