import { StorageError } from "#lib/storage/storage-error.ts";

/** Primary result codes of SQLite (sqlite.org/rescode.html); extended codes carry them in their low byte. */
const BUSY = 5;
const LOCKED = 6;
const READ_ONLY = 8;
const IO_ERROR = 10;
const CORRUPT = 11;
const FULL = 13;
const CANNOT_OPEN = 14;
const NOT_A_DATABASE = 26;

const numberAt = (error: Error, name: string): number | null => {
  const value: unknown = Reflect.get(error, name);
  return typeof value === "number" ? value : null;
};

const textAt = (error: Error, name: string): string | null => {
  const value: unknown = Reflect.get(error, name);
  return typeof value === "string" ? value : null;
};

/** What a failure of SQLite or of the file system means to callers; anything else is a fault of ours and goes through as it is. */
export const toStorageError = (error: unknown, file: string): unknown => {
  if (!(error instanceof Error) || error instanceof StorageError) return error;
  const systemCode = textAt(error, "code");
  if (systemCode === "ENOSPC" || systemCode === "EDQUOT") {
    return new StorageError("full", `No space left on the disk of ${file}`, error);
  }
  if (numberAt(error, "errno") !== null && textAt(error, "syscall") !== null) {
    return new StorageError("unavailable", `${file} can't be reached: ${error.message}`, error);
  }
  const code = numberAt(error, "errcode");
  if (code === null) return error;
  switch (code & 0xff) {
    case FULL:
      return new StorageError("full", `No space left on the disk of ${file}`, error);
    case CORRUPT:
    case NOT_A_DATABASE:
      return new StorageError("damaged", `${file} is damaged: ${error.message}. ${cureFor(file)}`, error);
    case BUSY:
    case LOCKED:
      return new StorageError("unavailable", `${file} is held by another process: ${error.message}`, error);
    case IO_ERROR:
    case READ_ONLY:
    case CANNOT_OPEN:
      return new StorageError("unavailable", `${file} can't be read or written: ${error.message}`, error);
    default:
      return error;
  }
};

/** What an operator does about a damaged file: derived state is made again from the events, all else comes from a backup. */
const cureFor = (file: string): string =>
  file.endsWith("state.db")
    ? "Stop Hopline and delete it with its -wal and -shm files: it is made again from the events"
    : "Stop Hopline and put back this file from a backup, or move it away to go on without what it holds";
