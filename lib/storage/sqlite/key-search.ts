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

interface FormRow {
  readonly form: string;
  readonly type: KeyType;
  readonly value: string;
}

const compareRows = (a: FormRow, b: FormRow): number => compareTexts(a.form, b.form) || compareKeys(a, b);

const listBeginnings = (file: SqliteFile, form: string): readonly Key[] =>
  file.all<Key>(
    {
      sql: `SELECT type, value FROM key_beginning WHERE form >= ? AND form < ? ORDER BY form, value, type LIMIT ${CANDIDATES}`,
    },
    form,
    `${form}${LAST_CHARACTER}`,
  );

/** The first of all parts together: what lies behind as many as are wanted is not read in the parts that follow. */
const listEndings = (file: SqliteFile, form: string): readonly Key[] => {
  let found: readonly FormRow[] = [];
  let end = `${form}${LAST_CHARACTER}`;
  for (const { part } of file.all<{ part: number }>({ sql: "SELECT part FROM key_part" })) {
    const rows = file.all<FormRow>(
      {
        sql: `SELECT form, type, value FROM key_ending WHERE part = ? AND form >= ? AND form < ?
         ORDER BY form, value, type LIMIT ${CANDIDATES}`,
      },
      part,
      form,
      end,
    );
    if (rows.length === 0) continue;
    found = [...found, ...rows].toSorted(compareRows).slice(0, CANDIDATES);
    const last = found.length < CANDIDATES ? undefined : found.at(-1);
    if (last !== undefined) end = `${last.form}\u0000`;
  }
  return found;
};

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
  const more = [
    ...listBeginnings(file, form).toSorted(compareKeys),
    ...listEndings(file, toReversedForm(form)).toSorted(compareKeys),
  ];
  for (const key of more) {
    if (found.size >= limit) break;
    found.set(`${key.type}\u0000${key.value}`, { type: key.type, value: key.value });
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
