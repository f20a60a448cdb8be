import { existsSync } from "node:fs";
import { join } from "node:path";
import { StorageError } from "#lib/storage/storage-error.ts";
import type { Transfer } from "#lib/storage/transfer.ts";
import { auditChain } from "#lib/storage/sqlite/control/audit-chain.ts";
import { ControlDatabase } from "#lib/storage/sqlite/control/control-database.ts";
import { sqliteAccessTransfer } from "#lib/storage/sqlite/control/transfer/access.ts";
import { findCopyProgress, saveCopyProgress } from "#lib/storage/sqlite/control/transfer/copy-progress.ts";
import { sqliteDeclaredTransfer } from "#lib/storage/sqlite/control/transfer/declared.ts";
import { sqliteRecordTransfer } from "#lib/storage/sqlite/control/transfer/record.ts";
import { SqliteEventLog } from "#lib/storage/sqlite/event-log.ts";
import { toPosition } from "#lib/storage/sqlite/event-place.ts";
import { eventStorageDefaults } from "#lib/storage/sqlite/event-storage.ts";
import { openWriterFiles, type WriterFiles } from "#lib/storage/sqlite/event-storage-writer.ts";
import { SqliteSources } from "#lib/storage/sqlite/sources.ts";
import { sqliteDerivedTransfer } from "#lib/storage/sqlite/transfer/derived.ts";
import { SqliteEventTransfer } from "#lib/storage/sqlite/transfer/events.ts";
import {
  forgetCopiedLetters,
  sqliteDeadLetterTransfer,
  sqliteReporterTransfer,
  sqliteSourceTransfer,
} from "#lib/storage/sqlite/transfer/intake.ts";

interface TransferOptions {
  /** `HOPLINE_HOME` */
  readonly directory: string;
  readonly role: "source" | "target";
  readonly now: () => number;
}

/** Opens both stores of a home for a copy: with the worker's lock and, of a source, that of everybody who writes to `control.db`. */
export const openSqliteTransfer = ({ directory, role, now }: TransferOptions): Transfer => {
  if (role === "source" && !existsSync(join(directory, "control.db"))) {
    throw new StorageError("unavailable", `${directory} holds no store of Hopline.`);
  }
  const files = openWriterFiles({ ...eventStorageDefaults, directory: join(directory, "events"), now });
  try {
    // What a copy says is written survives a power cut: nothing else makes these rows again.
    files.state.read().exec("PRAGMA synchronous = FULL");
    return transferOf(files, ControlDatabase.open(join(directory, "control.db"), { check: true }), now);
  } catch (error) {
    files.close();
    throw error;
  }
};

const transferOf = (files: WriterFiles, database: ControlDatabase, now: () => number): Transfer => {
  const { segments, roll, state, intake } = files;
  const log = new SqliteEventLog(segments, roll);
  const sources = new SqliteSources(state, { read: () => intake }, state);
  const position = (): string | null =>
    state.read().get<{ place: string }>({ sql: "SELECT place FROM position" })?.place ?? null;
  return {
    kinds: {
      event: new SqliteEventTransfer(segments, log),
      deadLetter: sqliteDeadLetterTransfer(intake),
      source: sqliteSourceTransfer(sources, state.read(), intake),
      reporter: sqliteReporterTransfer(state.read()),
      ...sqliteDerivedTransfer(state),
      ...sqliteDeclaredTransfer(database),
      ...sqliteAccessTransfer(database),
      ...sqliteRecordTransfer(database),
    },
    async countUnprojected(limit) {
      const place = position();
      const events = new SqliteEventTransfer(segments, log);
      return (await events.read(place, limit)).items.length;
    },
    progress: async () => findCopyProgress(database),
    async saveProgress(progress) {
      saveCopyProgress(database, progress);
    },
    async hold(copiedTo) {
      if (copiedTo !== null) {
        const told = { action: "store.copied", object: `store:${copiedTo}`, result: "done" } as const;
        database.transact(() => {
          auditChain(database, "command").append([{ at: now(), by: "command", ...told }]);
        });
      }
      database.hold();
    },
    async complete() {
      forgetCopiedLetters(intake);
      const last = segments.list().findLast(({ count }) => count > 0);
      if (last !== undefined) {
        const place = toPosition({ segment: last.name, event: last.count - 1 });
        state.read().run("INSERT OR REPLACE INTO position VALUES (1, ?)", place);
      }
      database.transact(() => {
        database.run("UPDATE revision SET number = number + 1");
        database.run("UPDATE closing_revision SET number = number + 1");
      });
    },
    async close() {
      try {
        database.close();
      } finally {
        files.close();
      }
    },
  };
};
