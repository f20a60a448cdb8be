import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { toStorageError } from "#lib/storage/sqlite/sqlite-error.ts";

const sizeOfFile = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

/** Bytes of all files in the directory; those that go away meanwhile count as nothing. */
export const directorySize = (directory: string): number => {
  try {
    return readdirSync(directory).reduce((sum, name) => sum + sizeOfFile(join(directory, name)), 0);
  } catch (error) {
    if (error instanceof Error && Reflect.get(error, "code") === "ENOENT") return 0;
    throw toStorageError(error, directory);
  }
};
