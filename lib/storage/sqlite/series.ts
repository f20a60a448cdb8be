import type { SqliteFile } from "#lib/storage/sqlite/sqlite-file.ts";

/** Numbers for texts that would otherwise stand in every row: a flow alone (name ``), or a step or hop of a flow. */
export class Series {
  /** By flow, then by name: looked up for every row, so no text is put together for it. */
  readonly #ids = new Map<string, Map<string, number>>();

  /** For writing: gives a number to what has none yet. */
  idOf(file: SqliteFile, flow: string, name: string): number {
    const known = this.find(file, flow, name);
    if (known !== null) return known;
    const { rowId } = file.run("INSERT INTO series (flow, name) VALUES (?, ?)", flow, name);
    this.#remember(flow, name, rowId);
    return rowId;
  }

  find(file: SqliteFile, flow: string, name: string): number | null {
    const known = this.#ids.get(flow)?.get(name);
    if (known !== undefined) return known;
    const id = file.get<{ id: number }>({ sql: "SELECT id FROM series WHERE flow = ? AND name = ?" }, flow, name)?.id;
    if (id === undefined) return null;
    this.#remember(flow, name, id);
    return id;
  }

  /** After a transaction that did not go through, or when the file is another one. */
  forget(): void {
    this.#ids.clear();
  }

  #remember(flow: string, name: string, id: number): void {
    const ofFlow = this.#ids.get(flow) ?? new Map<string, number>();
    this.#ids.set(flow, ofFlow.set(name, id));
  }
}
