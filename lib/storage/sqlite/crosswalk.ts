import { type Key, toKeyId } from "#lib/key/key.ts";
import type { KeyType } from "#lib/id/id.ts";
import type { Crosswalk } from "#lib/storage/projection.ts";
import type { SqliteFile } from "#lib/storage/sqlite/sqlite-file.ts";
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
      const neighbours = this.#neighboursOf(key, types, limit + 1);
      if (neighbours.length > 0) found.set(toKeyId(key), neighbours);
    }
    return found;
  }

  #neighboursOf(key: Key, types: readonly KeyType[], limit: number): readonly Key[] {
    const held = [...(this.#state?.pending.neighboursOf(key) ?? [])];
    const tables = this.#state?.tables ?? this.#reader.read();
    const all = listAll(tables, key);
    const rows = all.length < mostAtOnce ? all : types.flatMap((type) => listOfType(tables, key, type, limit));
    const byType = new Map<string, Set<string>>(types.map((type) => [type, new Set()]));
    for (const { type, value } of held) byType.get(type)?.add(value);
    for (const row of rows) byType.get(row.other_type)?.add(row.other_value);
    return types.flatMap((type) =>
      [...(byType.get(type) ?? [])]
        .toSorted()
        .slice(0, limit)
        .map((value) => ({ type, value })),
    );
  }
}

interface LinkRow {
  readonly other_type: string;
  readonly other_value: string;
}

/** Most keys have few neighbours: those of all types come with one look. */
const mostAtOnce = 64;

const listAll = (file: SqliteFile, { type, value }: Key): readonly LinkRow[] =>
  file.all<LinkRow>(
    { sql: `SELECT other_type, other_value FROM link WHERE type = ? AND value = ? LIMIT ${mostAtOnce}` },
    type,
    value,
  );

const listOfType = (file: SqliteFile, { type, value }: Key, otherType: KeyType, limit: number): readonly LinkRow[] =>
  file.all<LinkRow>(
    {
      sql: `SELECT other_type, other_value FROM link WHERE type = ? AND value = ? AND other_type = ?
        ORDER BY other_value LIMIT ?`,
    },
    type,
    value,
    otherType,
    limit,
  );
