import { toKeyId } from "#lib/key/key.ts";
import type { Unit, UnitId } from "#lib/storage/projection.ts";
import { keptDayOf } from "#lib/storage/kept-day.ts";
import { Lru } from "#lib/storage/sqlite/lru.ts";
import { toUnitBody, unitFrom } from "#lib/storage/unit-body.ts";
import type { SqliteFile } from "#lib/storage/sqlite/sqlite-file.ts";

interface Kept {
  readonly rowId: number;
  readonly unit: Unit;
  readonly sizeBytes: number;
}

/** A parsed unit in memory weighs about this many times its text. */
const WEIGHT = 3;

/** Writes units and remembers those in use. */
export class UnitTable {
  readonly #file: SqliteFile;
  readonly #cache: Lru<UnitId, Kept>;
  readonly #written = new Map<UnitId, Kept>();
  /** Key type of each flow's primaries, as far as written. */
  readonly #primaryTypes = new Set<string>();

  constructor(file: SqliteFile, cacheBytes: number) {
    this.#file = file;
    this.#cache = new Lru(cacheBytes);
  }

  find(id: UnitId): Unit | null {
    return (this.#cache.get(id) ?? this.#read(id))?.unit ?? null;
  }

  /** Within a transaction. */
  replace(unit: Unit): void {
    const body = toUnitBody(unit);
    const day = keptDayOf(unit.newestIngestedAt);
    const old = this.#cache.get(unit.id) ?? this.#read(unit.id);
    const rowId = old === null ? this.#insert(unit, day, body) : old.rowId;
    if (old !== null && keptDayOf(old.unit.newestIngestedAt) === day) {
      this.#file.run("UPDATE unit SET body = ? WHERE id = ?", body, rowId);
    } else if (old !== null) {
      this.#file.run("UPDATE unit SET body = ?, kept_day = ? WHERE id = ?", body, day, rowId);
    }
    this.#written.set(unit.id, { rowId, unit, sizeBytes: body.length * WEIGHT });
  }

  settle(): void {
    for (const [id, kept] of this.#written) this.#cache.set(id, kept, kept.sizeBytes);
    this.#written.clear();
  }

  forget(): void {
    this.#written.clear();
    this.#primaryTypes.clear();
  }

  /** After rows were deleted behind its back. */
  drop(ids: readonly UnitId[]): void {
    for (const id of ids) this.#cache.delete(id);
  }

  #insert(unit: Unit, day: number, body: string): number {
    const { rowId } = this.#file.run(
      "INSERT INTO unit (unit, flow, kept_day, body) VALUES (?, ?, ?, ?)",
      unit.id,
      unit.flow,
      day,
      body,
    );
    if (unit.isPrimary) this.#learnPrimaryType(unit);
    else {
      for (const key of unit.keys) {
        this.#file.run("INSERT OR IGNORE INTO alias_unit VALUES (?, ?, ?)", unit.flow, toKeyId(key), unit.id);
      }
    }
    return rowId;
  }

  #learnPrimaryType({ flow, keys: [primary] }: Unit): void {
    if (primary === undefined) return;
    const place = `${flow}\u0000${primary.type}`;
    if (this.#primaryTypes.has(place)) return;
    this.#file.run("INSERT OR IGNORE INTO primary_type VALUES (?, ?)", flow, primary.type);
    this.#primaryTypes.add(place);
  }

  #read(id: UnitId): Kept | null {
    const row = this.#file.get<{ id: number; body: string }>({ sql: "SELECT id, body FROM unit WHERE unit = ?" }, id);
    if (row === undefined) return null;
    const kept = { rowId: row.id, unit: unitFrom(id, row.body), sizeBytes: row.body.length * WEIGHT };
    this.#cache.set(id, kept, kept.sizeBytes);
    return kept;
  }
}
