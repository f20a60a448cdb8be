import type { CollectorFigures } from "#ingest/collector/call.ts";
import { StorageError } from "#lib/storage/storage-error.ts";
import type { EventStorage } from "#lib/storage/storage.ts";

/** What `/metrics` asks of the store; null while it is away. */
export async function measureStore(
  storage: Pick<EventStorage, "sizeBytes" | "events" | "deadLetters">,
): Promise<CollectorFigures["store"]> {
  try {
    return {
      bytes: await storage.sizeBytes(),
      eventsKept: await storage.events.countAll(),
      deadLettersOpen: await storage.deadLetters.countOpen(),
    };
  } catch (error) {
    if (error instanceof StorageError) return null;
    throw error;
  }
}
