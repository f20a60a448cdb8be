import { join } from "node:path";
import { StorageError } from "#lib/storage/storage-error.ts";
import { findLockHolder } from "#lib/storage/sqlite/lock-holder.ts";
import { SqliteFile } from "#lib/storage/sqlite/sqlite-file.ts";

/**
 * One writer a directory: an exclusive lock on a file of its own, which the operating system lets go of when the process ends,
 * however it ends. Nothing is ever written to it, so it can't be left behind half made.
 */
export const takeWriterLock = (directory: string): (() => void) => {
  const file = new SqliteFile(join(directory, "writer.lock"), "create");
  try {
    file.exec("PRAGMA busy_timeout = 0; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
  } catch (error) {
    file.close();
    if (!(error instanceof StorageError) || error.code !== "unavailable") throw error;
    const holder = findLockHolder(file.path);
    throw new StorageError(
      "locked",
      `Another Hopline worker${holder === null ? "" : ` (process ${holder})`} has ${directory} open for writing. Stop it first, or set HOPLINE_HOME to another directory`,
      error,
    );
  }
  return () => {
    file.close();
  };
};
