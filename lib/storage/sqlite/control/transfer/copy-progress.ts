import { existsSync } from "node:fs";
import { join } from "node:path";
import type { TransferProgress } from "#lib/storage/transfer.ts";
import { StorageError } from "#lib/storage/storage-error.ts";
import type { ControlDatabase } from "#lib/storage/sqlite/control/control-database.ts";
import { fieldsOf } from "#lib/storage/sqlite/control/row.ts";
import { SqliteFile } from "#lib/storage/sqlite/sqlite-file.ts";

/** Beside the settings, and none of them: a copy of the store does not take it along. */
const place = "hopline.copy";

/** Written by `saveCopyProgress` from a value of that type. */
const asProgress = (value: unknown): TransferProgress => value as TransferProgress;

export const findCopyProgress = (database: ControlDatabase): TransferProgress | null => {
  const row = database.get("SELECT value FROM setting WHERE name = ?", place);
  return row === null ? null : asProgress(fieldsOf(row, "value"));
};

export const saveCopyProgress = (database: ControlDatabase, progress: TransferProgress): void => {
  database.run("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", place, JSON.stringify(progress));
};

/** Half a store answers wrong: nobody but the copy opens it (StorageError `conflict`). Makes no file. */
export const refuseUnfinishedCopy = (directory: string): void => {
  const file = join(directory, "control.db");
  if (!existsSync(file)) return;
  const database = new SqliteFile(file, "read");
  try {
    const table = database.get({ sql: "SELECT 1 FROM sqlite_schema WHERE name = 'setting'" });
    if (table === undefined) return;
    const row = database.get<{ value: string }>({ sql: "SELECT value FROM setting WHERE name = ?" }, place);
    const progress = row === undefined ? null : asProgress(fieldsOf(row, "value"));
    if (progress === null || progress.finishedAt !== null) return;
    throw new StorageError(
      "conflict",
      `${directory} holds a part of ${progress.source} only: a copy was not finished. Go on with: npm run hopline -- copy --from ${progress.source} --to sqlite:${directory}`,
    );
  } finally {
    database.close();
  }
};
