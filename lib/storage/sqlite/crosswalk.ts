import { type Key, toKeyId } from "#lib/key/key.ts";
import type { KeyType } from "#lib/id/id.ts";
import type { Crosswalk } from "#lib/storage/projection.ts";
import type { State, StateReader } from "#lib/storage/sqlite/state.ts";

export class SqliteCrosswalk implements Crosswalk {
  readonly #reader: StateReader;
  /** The writer's: links that are held back. */
  readonly #state: State | null;

  constructor(reader: StateReader, state: State | null) {
    this.#reader = reader;
    this.#state = state;
  }

  async neighbours(
    keys: readonly Key[],
    types: readonly KeyType[],
    limit: number,
  ): Promise<ReadonlyMap<string, readonly Key[]>> {
    const found = new Map<string, readonly Key[]>();
    for (const key of keys) {
      const neighbours = types.flatMap((type) => this.#neighboursOf(key, type, limit + 1));
      if (neighbours.length > 0) found.set(toKeyId(key), neighbours);
    }
    return found;
  }

  #neighboursOf(key: Key, type: KeyType, limit: number): readonly Key[] {
    const tables = this.#state?.tables ?? this.#reader.read();
    const values = new Set<string>();
    for (const other of this.#state?.pending.neighboursOf(key) ?? []) if (other.type === type) values.add(other.value);
    const rows = tables.all<{ other_value: string }>(
      {
        sql: "SELECT other_value FROM link WHERE type = ? AND value = ? AND other_type = ? ORDER BY other_value LIMIT ?",
      },
      key.type,
      key.value,
      type,
      limit,
    );
    for (const row of rows) values.add(row.other_value);
    return [...values]
      .toSorted()
      .slice(0, limit)
      .map((value) => ({ type, value }));
  }
}
