import { existsSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { toStorageError } from "#lib/storage/sqlite/sqlite-error.ts";

/** Copies `control.db` as of one moment into another directory, which exists and has none, while any process uses it. */
export const backupControlStorage = (from: string, to: string): void => {
  const source = join(from, "control.db");
  if (!existsSync(source)) return;
  try {
    const database = new DatabaseSync(source, { readOnly: true, timeout: 5_000 });
    try {
      database.prepare("VACUUM INTO ?").run(join(to, "control.db"));
    } finally {
      database.close();
    }
  } catch (error) {
    throw toStorageError(error, source);
  }
};
