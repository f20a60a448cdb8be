import type { TransferPage } from "#lib/storage/transfer.ts";
import { StorageError } from "#lib/storage/storage-error.ts";

type Place = string | number;

/** A page of rows that were read up to `limit`; the place of a row is what it is sorted by. */
export const toPage = <Row, Item>(
  rows: readonly Row[],
  limit: number,
  toItem: (row: Row) => Item,
  toPlace: (row: Row) => readonly Place[],
): TransferPage<Item> => {
  const last = rows.length < limit ? undefined : rows.at(-1);
  return { items: rows.map(toItem), next: last === undefined ? null : JSON.stringify(toPlace(last)) };
};

/** The place to go on after, as it was given out; `first` stands before all of them. */
export const placeAfter = (after: string | null, first: readonly Place[]): readonly Place[] => {
  if (after === null) return first;
  const place: unknown = JSON.parse(after);
  if (Array.isArray(place) && place.length === first.length && place.every(isPlace)) return place;
  throw new StorageError("invalid_cursor", `"${after}" is no place in this store`);
};

const isPlace = (value: unknown): value is Place => typeof value === "string" || typeof value === "number";
