import type { ChainedEntry } from "#lib/storage/audit.ts";
import { StorageError } from "#lib/storage/storage-error.ts";

/** The place of an entry among all: newest first, and by chain where they are of the same moment. */
type Place = readonly [at: number, sequence: number, process: string];

export const toCursor = ({ at, sequence, process }: Pick<ChainedEntry, "at" | "sequence" | "process">): string =>
  Buffer.from(JSON.stringify([at, sequence, process])).toString("base64url");

export function readCursor(cursor: string): [...Place] {
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    if (Array.isArray(place)) {
      const [at, sequence, process] = Array.from<unknown>(place);
      if (Number.isSafeInteger(at) && Number.isSafeInteger(sequence) && typeof process === "string")
        return [Number(at), Number(sequence), process];
    }
  } catch {
    // no JSON: none of ours
  }
  throw new StorageError("invalid_cursor", "The cursor is not one that this list gave out.");
}
