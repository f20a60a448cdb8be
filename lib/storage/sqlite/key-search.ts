import type { KeyType } from "#lib/id/id.ts";
import type { Key } from "#lib/key/key.ts";
import { isLongEnough, toReversedForm } from "#lib/key/search-form.ts";
import type { KeySearch } from "#lib/storage/projection.ts";
import type { SqliteFile } from "#lib/storage/sqlite/sqlite-file.ts";
import type { StateReader } from "#lib/storage/sqlite/state.ts";

/** Above every text that begins with the form. */
const LAST_CHARACTER = "\u{10ffff}";
/** Of a beginning that very many keys share, so many are looked at before the first by value are taken. */
const CANDIDATES = 1_000;

const compareKeys = (a: Key, b: Key): number =>
  a.value === b.value ? compareTexts(a.type, b.type) : compareTexts(a.value, b.value);

const compareTexts = (a: string, b: string): number => {
  if (a === b) return 0;
  return a < b ? -1 : 1;
};

const listRange = (file: SqliteFile, table: "key_beginning" | "key_ending", form: string): readonly Key[] =>
  file
    .all<{ type: KeyType; value: string }>(
      {
        sql: `SELECT type, value FROM ${table} WHERE form >= ? AND form < ? ORDER BY form, value, type LIMIT ${CANDIDATES}`,
      },
      form,
      `${form}${LAST_CHARACTER}`,
    )
    .map(({ type, value }) => ({ type, value }))
    .toSorted(compareKeys);

/** Exact first, then beginnings, then endings; within these by value. */
export const listKeysByForm = (file: SqliteFile, form: string, limit: number): readonly Key[] => {
  if (form === "") return [];
  const exact = file
    .all<{ type: KeyType; value: string }>(
      { sql: "SELECT type, value FROM key_beginning WHERE form = ? ORDER BY value, type LIMIT ?" },
      form,
      limit,
    )
    .map(({ type, value }) => ({ type, value }));
  if (exact.length >= limit || !isLongEnough(form)) return exact;
  const found = new Map(exact.map((key) => [`${key.type}\u0000${key.value}`, key]));
  const more = [...listRange(file, "key_beginning", form), ...listRange(file, "key_ending", toReversedForm(form))];
  for (const key of more) {
    if (found.size >= limit) break;
    found.set(`${key.type}\u0000${key.value}`, key);
  }
  return [...found.values()];
};

/** Keys by the forgiving form of their beginning or end: one index on the form, one on the form read backwards. */
export class SqliteKeySearch implements KeySearch {
  readonly #reader: StateReader;

  constructor(reader: StateReader) {
    this.#reader = reader;
  }

  async list(form: string, limit: number): Promise<readonly Key[]> {
    const file = this.#reader.read();
    return file.snapshot(() => listKeysByForm(file, form, limit));
  }
}
