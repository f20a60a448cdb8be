import { join } from "node:path";
import type { EventStorage } from "#lib/storage/storage.ts";
import { SqliteCrosswalk } from "#lib/storage/sqlite/crosswalk.ts";
import { SqliteDeadLetters } from "#lib/storage/sqlite/dead-letters.ts";
import { directorySize } from "#lib/storage/sqlite/directory-size.ts";
import { SqliteEventLog } from "#lib/storage/sqlite/event-log.ts";
import { type EventStorageSettings, fileNames } from "#lib/storage/sqlite/event-storage-settings.ts";
import { FollowedFile } from "#lib/storage/sqlite/followed-file.ts";
import { intakeKind } from "#lib/storage/sqlite/intake-schema.ts";
import { SqliteJourneyIndex } from "#lib/storage/sqlite/journey-index.ts";
import { SqliteKeySearch } from "#lib/storage/sqlite/key-search.ts";
import { SqliteMeasures } from "#lib/storage/sqlite/measures.ts";
import { SqliteProjection } from "#lib/storage/sqlite/projection.ts";
import { Segments } from "#lib/storage/sqlite/segments.ts";
import { SqliteSources } from "#lib/storage/sqlite/sources.ts";
import { stateKind } from "#lib/storage/sqlite/state-schema.ts";
import { SqliteUnits } from "#lib/storage/sqlite/units.ts";

/** A reader that nobody asks anything still lets go of retired files within this time. */
const RELEASE_EVERY_MS = 5_000;

export const openReader = ({ directory }: EventStorageSettings): EventStorage => {
  const state = new FollowedFile(join(directory, fileNames.state), stateKind);
  const intake = new FollowedFile(join(directory, fileNames.intake), intakeKind);
  const segments = new Segments(
    directory,
    "reader",
    () => intake.read().get<{ revision: number }>({ sql: "SELECT revision FROM forgetting" })?.revision ?? 0,
  );
  const timer = setInterval(() => {
    releaseQuietly(() => {
      segments.release();
      state.check();
      intake.check();
    });
  }, RELEASE_EVERY_MS).unref();
  return {
    events: new SqliteEventLog(segments, null),
    projection: new SqliteProjection(state, null),
    units: new SqliteUnits(state, null),
    crosswalk: new SqliteCrosswalk(state, null),
    keySearch: new SqliteKeySearch(state),
    journeys: new SqliteJourneyIndex(state, null),
    measures: new SqliteMeasures(state),
    deadLetters: new SqliteDeadLetters(intake),
    sources: new SqliteSources(state, intake, null),
    sizeBytes: async () => directorySize(directory),
    close: async () => {
      clearInterval(timer);
      segments.close();
      state.close();
      intake.close();
    },
  };
};

/** What fails here fails again, and is told, at the next question; a timer has nobody to tell. */
const releaseQuietly = (release: () => void): void => {
  try {
    release();
  } catch {
    // Told at the next question.
  }
};
