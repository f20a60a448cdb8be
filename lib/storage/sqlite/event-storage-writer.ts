import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { EventStorage } from "#lib/storage/storage.ts";
import { SqliteCrosswalk } from "#lib/storage/sqlite/crosswalk.ts";
import { SqliteDeadLetters } from "#lib/storage/sqlite/dead-letters.ts";
import { directorySize } from "#lib/storage/sqlite/directory-size.ts";
import { SqliteEventLog } from "#lib/storage/sqlite/event-log.ts";
import { type EventStorageSettings, fileNames } from "#lib/storage/sqlite/event-storage-settings.ts";
import { Expiry } from "#lib/storage/sqlite/expiry.ts";
import { openIntake } from "#lib/storage/sqlite/intake.ts";
import { SqliteJourneyIndex } from "#lib/storage/sqlite/journey-index.ts";
import { SqliteKeySearch } from "#lib/storage/sqlite/key-search.ts";
import { SqliteMeasures } from "#lib/storage/sqlite/measures.ts";
import { SqliteProjection } from "#lib/storage/sqlite/projection.ts";
import { SegmentRoll } from "#lib/storage/sqlite/segment-roll.ts";
import { Segments } from "#lib/storage/sqlite/segments.ts";
import { SqliteSources } from "#lib/storage/sqlite/sources.ts";
import { toStorageError } from "#lib/storage/sqlite/sqlite-error.ts";
import type { SqliteFile } from "#lib/storage/sqlite/sqlite-file.ts";
import { State } from "#lib/storage/sqlite/state.ts";
import { SqliteUnits } from "#lib/storage/sqlite/units.ts";
import { takeWriterLock } from "#lib/storage/sqlite/writer-lock.ts";

const makeDirectory = (directory: string): void => {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw toStorageError(error, directory);
  }
};

/** Closes all of them, also where one fails; then tells the first failure. */
const closeInTurn = ([close, ...others]: readonly (() => void)[]): void => {
  if (close === undefined) return;
  try {
    close();
  } finally {
    closeInTurn(others);
  }
};

/** The files of a directory, open for writing, and what is made of them. */
export interface WriterFiles {
  readonly intake: SqliteFile;
  readonly segments: Segments;
  readonly roll: SegmentRoll;
  readonly state: State;
  close(): void;
}

/** Opens the files one after the other; whatever fails closes those that are open, the lock last. */
export const openWriterFiles = (settings: EventStorageSettings): WriterFiles => {
  const { directory } = settings;
  makeDirectory(directory);
  const closers: (() => void)[] = [takeWriterLock(directory)];
  const closeAll = (): void => {
    closeInTurn(closers.splice(0).toReversed());
  };
  try {
    const intake = openIntake(join(directory, fileNames.intake));
    closers.push(() => {
      intake.close();
    });
    const segments = new Segments(directory, "writer");
    closers.push(() => {
      segments.close();
    });
    const roll = new SegmentRoll(segments, intake, settings.eventsPerSegment);
    const state = new State({
      path: join(directory, fileNames.state),
      now: settings.now,
      flushAfterMs: settings.flushAfterMs,
      unitBytes: settings.cacheBytes,
      journeyBytes: settings.cacheBytes,
      keysPerPart: settings.keysPerPart,
    });
    closers.push(() => {
      state.close();
    });
    return { intake, segments, roll, state, close: closeAll };
  } catch (error) {
    closeAll();
    throw error;
  }
};

export const openWriter = (settings: EventStorageSettings): EventStorage => {
  const { intake, segments, roll, state, close } = openWriterFiles(settings);
  const kept = { read: () => intake };
  return {
    events: new SqliteEventLog(segments, roll),
    projection: new SqliteProjection(state, { state, expiry: new Expiry(state) }),
    units: new SqliteUnits(state, state),
    crosswalk: new SqliteCrosswalk(state, state),
    keySearch: new SqliteKeySearch(state),
    journeys: new SqliteJourneyIndex(state, state),
    measures: new SqliteMeasures(state),
    deadLetters: new SqliteDeadLetters(kept),
    sources: new SqliteSources(state, kept, state),
    sizeBytes: async () => directorySize(settings.directory),
    close: async () => {
      close();
    },
  };
};
