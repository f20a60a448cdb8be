import type { JourneyCursor } from "#lib/storage/journey-index.ts";
import { StorageError } from "#lib/storage/storage-error.ts";

/** A journey's place in the list: newest start first, then flow and primary, both descending. */
export interface JourneyPlace {
  readonly startedAt: number;
  readonly flow: string;
  readonly primary: string;
}

/** The one place where a text becomes a cursor. */
export const toCursor = ({ startedAt, flow, primary }: JourneyPlace): JourneyCursor =>
  Buffer.from(JSON.stringify([startedAt, flow, primary])).toString("base64url") as JourneyCursor;

export const placeOfCursor = (cursor: JourneyCursor): JourneyPlace => {
  const [startedAt, flow, primary] = partsOf(cursor);
  if (typeof startedAt === "number" && typeof flow === "string" && typeof primary === "string") {
    return { startedAt, flow, primary };
  }
  throw new StorageError("invalid_cursor", "The cursor is not one that this list gave out");
};

const partsOf = (cursor: string): readonly unknown[] => {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    return Array.isArray(parts) ? parts : [];
  } catch {
    return [];
  }
};

/** As SQLite sorts texts: by UTF-8 bytes, which is not JavaScript's order for characters beyond the basic plane. */
const compareBytes = (a: string, b: string): number => (a === b ? 0 : Buffer.compare(Buffer.from(a), Buffer.from(b)));

/** Negative when `a` stands before `b` in the list. */
export const comparePlaces = (a: JourneyPlace, b: JourneyPlace): number =>
  b.startedAt - a.startedAt || compareBytes(b.flow, a.flow) || compareBytes(b.primary, a.primary);

/** The rows of one flow after a place: `(started_at, primary_value)` less than this pair. */
export const boundWithin = (
  flow: string,
  after: JourneyPlace | null,
): readonly [startedAt: number, primary: string] => {
  if (after === null) return [Number.MAX_SAFE_INTEGER, ""];
  const order = compareBytes(flow, after.flow);
  if (order === 0) return [after.startedAt, after.primary];
  return order < 0 ? [after.startedAt + 1, ""] : [after.startedAt, ""];
};
