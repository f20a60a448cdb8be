import { StorageError } from "#lib/storage/storage-error.ts";

// https://sqlite.org/rescode.html, primary codes (the low byte)
const busy = 5;
const locked = 6;
const readOnly = 8;
const ioError = 10;
const corrupt = 11;
const full = 13;
const cantOpen = 14;
const constraint = 19;
const notADatabase = 26;

const resultCode = (error: unknown): number | null => {
  if (!(error instanceof Error) || !("errcode" in error) || typeof error.errcode !== "number") return null;
  return error.errcode & 0xff;
};

/** True where a UNIQUE or other constraint refused the row. */
export const isConstraint = (error: unknown): boolean => resultCode(error) === constraint;

/** What SQLite threw, as the ports name it; anything else comes back as it was. */
export const toStorageFailure = (error: unknown, file: string): unknown => {
  switch (resultCode(error)) {
    case corrupt:
    case notADatabase:
      return new StorageError("damaged", `${file} is damaged. Restore it from a backup.`, error);
    case full:
      return new StorageError("full", `The disk that holds ${file} is full.`, error);
    case busy:
    case locked:
      return new StorageError("unavailable", `${file} is held by another process for too long.`, error);
    case readOnly:
    case cantOpen:
    case ioError:
      return new StorageError("unavailable", `${file} cannot be read or written.`, error);
    default:
      return error;
  }
};
