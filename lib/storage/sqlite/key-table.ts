import type { Key } from "#lib/key/key.ts";
import { toReversedForm, toSearchForm } from "#lib/key/search-form.ts";
import type { SqliteFile } from "#lib/storage/sqlite/sqlite-file.ts";

/**
 * Writes the forms that keys are searched by, within a transaction. Read backwards, keys that arrive together stand nowhere near each other:
 * in one large index each of them would change another page, and the larger it is, the more pages are read and written. So endings are
 * kept in parts that are filled one after the other.
 */
export class KeyTable {
  readonly #file: SqliteFile;
  readonly #keysPerPart: number;
  /** The part that is being filled, as of this transaction; null until it is known. */
  #filling: { part: number; keys: number; added: number } | null = null;

  constructor(file: SqliteFile, keysPerPart: number) {
    this.#file = file;
    this.#keysPerPart = keysPerPart;
  }

  /** A key that is there already is kept until the end of `day`, at least. */
  add({ type, value }: Key, day: number): void {
    const filling = this.#fillingPart();
    const form = toSearchForm(value);
    const row = this.#file.get<{ part: number }>(
      {
        sql: `INSERT INTO key_beginning (form, value, type, kept_day, part) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET kept_day = excluded.kept_day WHERE kept_day < excluded.kept_day RETURNING part`,
      },
      form,
      value,
      type,
      day,
      filling.part,
    );
    // Another part has it, or this one from before: then the ending is there as well.
    if (row?.part !== filling.part) return;
    const { changes } = this.#file.run(
      "INSERT OR IGNORE INTO key_ending VALUES (?, ?, ?, ?)",
      filling.part,
      toReversedForm(form),
      value,
      type,
    );
    filling.added += changes;
  }

  remove({ type, value }: Key): void {
    const form = toSearchForm(value);
    const row = this.#file.get<{ part: number }>(
      { sql: "DELETE FROM key_beginning WHERE form = ? AND value = ? AND type = ? RETURNING part" },
      form,
      value,
      type,
    );
    if (row === undefined) return;
    this.#file.run(
      "DELETE FROM key_ending WHERE part = ? AND form = ? AND value = ? AND type = ?",
      row.part,
      toReversedForm(form),
      value,
      type,
    );
    this.#file.run("UPDATE key_part SET keys = keys - 1 WHERE part = ?", row.part);
  }

  /** The last step of each transaction. */
  writeCounts(): void {
    const filling = this.#filling;
    if (filling === null || filling.added === 0) return;
    this.#file.run("UPDATE key_part SET keys = keys + ? WHERE part = ?", filling.added, filling.part);
    filling.keys += filling.added;
    filling.added = 0;
  }

  /** After a transaction that did not go through, or one that removed keys. */
  forget(): void {
    this.#filling = null;
  }

  #fillingPart(): { readonly part: number; added: number } {
    this.#filling ??= this.#readLast();
    if (this.#filling.keys + this.#filling.added < this.#keysPerPart) return this.#filling;
    this.writeCounts();
    // Parts that expiry has emptied are looked at no more.
    this.#file.run("DELETE FROM key_part WHERE keys = 0");
    const part = this.#filling.part + 1;
    this.#file.run("INSERT INTO key_part VALUES (?, 0)", part);
    this.#filling = { part, keys: 0, added: 0 };
    return this.#filling;
  }

  #readLast(): { part: number; keys: number; added: number } {
    const last = this.#file.get<{ part: number; keys: number }>({
      sql: "SELECT part, keys FROM key_part ORDER BY part DESC LIMIT 1",
    });
    return { part: last?.part ?? 0, keys: last?.keys ?? 0, added: 0 };
  }
}
