import type { KeyId } from "#lib/key/key.ts";
import type { Link, UnitId } from "#lib/storage/projection.ts";
import { JourneyTable } from "#lib/storage/sqlite/journey-table.ts";
import { keptDayOf } from "#lib/storage/kept-day.ts";
import { KeyTable } from "#lib/storage/sqlite/key-table.ts";
import type { Pending } from "#lib/storage/sqlite/pending.ts";
import { Series } from "#lib/storage/sqlite/series.ts";
import type { SqliteFile } from "#lib/storage/sqlite/sqlite-file.ts";
import { UnitTable } from "#lib/storage/sqlite/unit-table.ts";

export interface StateCaches {
  readonly unitBytes: number;
  readonly journeyBytes: number;
  readonly keysPerPart: number;
}

/** Puts changes into state.db: all of them with their position in one transaction, or none. */
export class StateWriter {
  readonly units: UnitTable;
  readonly journeys: JourneyTable;
  readonly keys: KeyTable;
  readonly #file: SqliteFile;

  constructor(file: SqliteFile, caches: StateCaches) {
    this.#file = file;
    this.units = new UnitTable(file, caches.unitBytes);
    this.journeys = new JourneyTable(file, new Series(), caches.journeyBytes);
    this.keys = new KeyTable(file, caches.keysPerPart);
  }

  write(pending: Pending): void {
    this.change(() => {
      for (const unit of pending.units.values()) this.units.replace(unit);
      for (const { flow, primary, row } of pending.journeys.values()) this.journeys.replace(flow, primary, row);
      const day = keptDayOf(pending.arrivedAt);
      for (const link of pending.links.values()) this.writeLink(link, day);
      for (const key of pending.keys.values()) this.keys.add(key, day);
      this.#writeSources(pending);
      if (pending.position === null) return;
      this.#file.run("INSERT OR REPLACE INTO position VALUES (1, ?)", pending.position);
    });
  }

  /** Any change to units and journeys, with the counts that follow from it. */
  change<T>(work: () => T): T {
    try {
      const result = this.#file.transaction(() => {
        const done = work();
        this.journeys.writeCounts();
        this.keys.writeCounts();
        return done;
      });
      this.units.settle();
      this.journeys.settle();
      return result;
    } catch (error) {
      this.units.forget();
      this.journeys.forget();
      this.keys.forget();
      throw error;
    }
  }

  /** Within `change`. */
  removeUnit(id: UnitId, flow: string, keys: readonly KeyId[]): void {
    this.#file.run("DELETE FROM unit WHERE unit = ?", id);
    for (const key of keys) {
      this.#file.run("DELETE FROM alias_unit WHERE flow = ? AND alias = ? AND unit = ?", flow, key, id);
    }
    this.units.drop([id]);
  }

  /** Within `change`. Both ways round: a link is asked for from either end. */
  writeLink({ a, b }: Link, day: number): void {
    for (const [key, other] of [
      [a, b],
      [b, a],
    ] as const) {
      this.#file.run(
        `INSERT INTO link VALUES (?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET kept_day = excluded.kept_day WHERE kept_day < excluded.kept_day`,
        key.type,
        key.value,
        other.type,
        other.value,
        day,
      );
    }
  }

  #writeSources({ sources, reporters }: Pending): void {
    for (const source of sources.values()) {
      this.#file.run("INSERT OR REPLACE INTO source VALUES (?, ?)", source.source, JSON.stringify(source));
    }
    for (const { flow, step, source, newestEventAt } of reporters.values()) {
      this.#file.run("INSERT OR REPLACE INTO reporter VALUES (?, ?, ?, ?)", flow, step, source, newestEventAt);
    }
  }
}
