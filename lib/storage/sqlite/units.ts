import { type Key, toKeyId } from "#lib/key/key.ts";
import type { FlowId } from "#lib/id/id.ts";
import type { Unit, UnitId, Units } from "#lib/storage/projection.ts";
import { journeyIdOf } from "#lib/storage/sqlite/pending.ts";
import type { State, StateReader } from "#lib/storage/sqlite/state.ts";
import { unitFrom } from "#lib/storage/unit-body.ts";

/** Above every text that begins with the flow. */
const LAST_CHARACTER = "\u{10ffff}";

export class SqliteUnits implements Units {
  readonly #reader: StateReader;
  /** The writer's: units that are held back or cached. */
  readonly #state: State | null;

  constructor(reader: StateReader, state: State | null) {
    this.#reader = reader;
    this.#state = state;
  }

  async load(ids: readonly UnitId[]): Promise<ReadonlyMap<UnitId, Unit>> {
    const found = new Map<UnitId, Unit>();
    for (const id of ids) {
      const unit = this.#find(id);
      if (unit !== null) found.set(id, unit);
    }
    return found;
  }

  async listByAliases(flow: FlowId, aliases: readonly Key[], limit: number): Promise<readonly Unit[]> {
    const ids = new Set<UnitId>();
    const tables = this.#state?.tables ?? this.#reader.read();
    for (const alias of aliases) {
      const key = toKeyId(alias);
      for (const id of this.#state?.pending.aliasUnits.get(journeyIdOf(flow, key)) ?? []) ids.add(id);
      if (ids.size >= limit) break;
      const rows = tables.all<{ unit: UnitId }>(
        { sql: "SELECT unit FROM alias_unit WHERE flow = ? AND alias = ? ORDER BY unit LIMIT ?" },
        flow,
        key,
        limit,
      );
      for (const { unit } of rows) ids.add(unit);
    }
    return [...ids]
      .slice(0, limit)
      .map((id) => this.#find(id))
      .filter((unit) => unit !== null);
  }

  async scan(flow: FlowId, after: UnitId | null, limit: number): Promise<readonly Unit[]> {
    return this.#reader
      .read()
      .all<{ unit: UnitId; body: string }>(
        { sql: "SELECT unit, body FROM unit WHERE unit > ? AND unit < ? AND flow = ? ORDER BY unit LIMIT ?" },
        after ?? flow,
        `${flow}${LAST_CHARACTER}`,
        flow,
        limit,
      )
      .map((row) => unitFrom(row.unit, row.body));
  }

  #find(id: UnitId): Unit | null {
    if (this.#state !== null) return this.#state.pending.units.get(id) ?? this.#state.writer.units.find(id);
    const row = this.#reader.read().get<{ body: string }>({ sql: "SELECT body FROM unit WHERE unit = ?" }, id);
    return row === undefined ? null : unitFrom(id, row.body);
  }
}
