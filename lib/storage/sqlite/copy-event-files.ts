import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { directorySize } from "#lib/storage/sqlite/directory-size.ts";
import { fileNames } from "#lib/storage/sqlite/event-storage-settings.ts";
import { segmentNameOf } from "#lib/storage/sqlite/segment-name.ts";
import { toStorageError } from "#lib/storage/sqlite/sqlite-error.ts";
import { SqliteFile } from "#lib/storage/sqlite/sqlite-file.ts";
import { StorageError } from "#lib/storage/storage-error.ts";

/**
 * Copies each file as of one moment, what is derived first: so the position in the copy is never ahead of the events in it.
 * Returns the bytes written.
 */
export const copyEventFiles = (from: string, to: string): number => {
  try {
    mkdirSync(to, { recursive: true, mode: 0o700 });
    if (readdirSync(to).length > 0) {
      throw new StorageError("conflict", `${to} is not empty. Name a directory that does not exist yet`);
    }
    for (const name of [fileNames.state, fileNames.intake]) copyFile(join(from, name), join(to, name));
    for (const name of readdirSync(from).filter((file) => segmentNameOf(file) !== null)) {
      copyFile(join(from, name), join(to, name));
    }
    syncToDisk(to);
    return directorySize(to);
  } catch (error) {
    throw toStorageError(error, to);
  }
};

/** A file that is retired meanwhile is not part of the copy. */
const copyFile = (source: string, target: string): void => {
  if (!existsSync(source)) return;
  let file: SqliteFile | null = null;
  try {
    file = new SqliteFile(source, "read");
    file.run("VACUUM INTO ?", target);
  } catch (error) {
    if (!existsSync(source)) return;
    if (!(error instanceof StorageError) || error.code !== "full") throw error;
    throw new StorageError("full", `No space left for ${target}`, error);
  } finally {
    file?.close();
  }
  syncToDisk(target);
};

const syncToDisk = (path: string): void => {
  const handle = openSync(path, "r");
  fsyncSync(handle);
  closeSync(handle);
};
