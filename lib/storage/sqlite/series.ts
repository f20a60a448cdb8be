import type { SqliteFile } from "#lib/storage/sqlite/sqlite-file.ts";

/** Numbers for texts that would otherwise stand in every row: a flow alone (name ``), or a step or hop of a flow. */
export class Series {
  readonly #ids = new Map<string, number>();

  /** For writing: gives a number to what has none yet. */
  idOf(file: SqliteFile, flow: string, name: string): number {
    const known = this.find(file, flow, name);
    if (known !== null) return known;
    const { rowId } = file.run("INSERT INTO series (flow, name) VALUES (?, ?)", flow, name);
    this.#ids.set(`${flow}\u0000${name}`, rowId);
    return rowId;
  }

  find(file: SqliteFile, flow: string, name: string): number | null {
    const text = `${flow}\u0000${name}`;
    const known = this.#ids.get(text);
    if (known !== undefined) return known;
    const id = file.get<{ id: number }>({ sql: "SELECT id FROM series WHERE flow = ? AND name = ?" }, flow, name)?.id;
    if (id === undefined) return null;
    this.#ids.set(text, id);
    return id;
  }

  /** After a transaction that did not go through, or when the file is another one. */
  forget(): void {
    this.#ids.clear();
  }
}
