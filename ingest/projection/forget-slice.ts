import type { Calls } from "#ingest/collector/call.ts";
import type { SourceBoard } from "#ingest/projection/source-board.ts";
import type { Key } from "#lib/key/key.ts";
import type { EventStorage } from "#lib/storage/storage.ts";

interface ForgetOptions {
  readonly storage: Pick<EventStorage, "events" | "projection" | "units" | "journeys" | "sources" | "deadLetters">;
  readonly board: Pick<SourceBoard, "forget">;
}

const unitsPerSlice = 200;

/**
 * Forgets a slice of what flows hold from these sources: events first, so that what is derived from them can't be made again, then
 * units, journeys and the keys that nothing carries any more; the sources themselves at the end.
 */
export async function forgetSlice(
  { flows, sources }: Calls["forget"]["input"],
  { storage, board }: ForgetOptions,
): Promise<Calls["forget"]["output"]> {
  for (const flow of flows) {
    const units = await storage.units.scan(flow, null, unitsPerSlice);
    // Journeys of primaries that stand in no unit of their own.
    const rows = units.length > 0 ? [] : await storage.journeys.scan(flow, null, unitsPerSlice);
    if (units.length === 0 && rows.length === 0) continue;
    const own = units.flatMap(({ keys }) => keys);
    const forgotten = await storage.events.forget({ keys: own, sources, flows });
    const primaries = units.flatMap(({ isPrimary, keys }) => (isPrimary ? keys.map(({ value }) => value) : []));
    await storage.projection.forget({
      units,
      journeys: [...rows.map(({ primary }) => primary), ...primaries].map((primary) => ({ flow, primary })),
      keys: await uncarried(forgotten.keys, storage),
    });
    return { events: forgotten.count, more: true };
  }
  await storage.sources.forget(sources, flows);
  await storage.deadLetters.forget(sources);
  board.forget(sources, flows);
  return { events: 0, more: false };
}

async function uncarried(keys: readonly Key[], { events }: Pick<EventStorage, "events">): Promise<readonly Key[]> {
  const found: Key[] = [];
  for (const key of keys) if ((await events.listByKeys([key], 1)).length === 0) found.push(key);
  return found;
}
