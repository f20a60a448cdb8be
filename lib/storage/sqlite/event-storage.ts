import type { EventStorage } from "#lib/storage/storage.ts";
import { openReader } from "#lib/storage/sqlite/event-storage-reader.ts";
import { openWriter } from "#lib/storage/sqlite/event-storage-writer.ts";

interface EventStorageOptions {
  /** Holds nothing else. Made by the writer when it is not there. */
  readonly directory: string;
  /** One writer a directory; any number of readers in any process, before, during and after. */
  readonly mode: "writer" | "reader";
  readonly now: () => number;
  /** Longest time committed changes are held back from state.db. */
  readonly flushAfterMs?: number;
  /** Memory for units and for judged journeys, each. */
  readonly cacheBytes?: number;
  /** A segment is closed at so many events, or at the end of the day (UTC). */
  readonly eventsPerSegment?: number;
  /** So many keys' endings are searched, and changed, as one. */
  readonly keysPerPart?: number;
}

/**
 * Of every choice but where and by which clock. 32,768 keys' endings are some 500 pages: few enough to be changed in many places at once,
 * many enough for parts to be few.
 */
export const eventStorageDefaults = {
  flushAfterMs: 400,
  cacheBytes: 8_388_608,
  eventsPerSegment: 250_000,
  keysPerPart: 32_768,
};

/**
 * The embedded store of events and all that is derived from them. StorageError `locked` when another writer has the directory,
 * `damaged` or `newer_version` when a file can't be used; nothing is changed then.
 */
export const openEventStorage = async ({ mode, ...options }: EventStorageOptions): Promise<EventStorage> =>
  mode === "reader"
    ? openReader({ ...eventStorageDefaults, ...options })
    : openWriter({ ...eventStorageDefaults, ...options });
