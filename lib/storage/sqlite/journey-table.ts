import type { JourneyRow } from "#lib/storage/journey-index.ts";
import { DueTable } from "#lib/storage/sqlite/due-table.ts";
import { FailureTable } from "#lib/storage/sqlite/failure-table.ts";
import { replaceFurtherWaits } from "#lib/storage/sqlite/further-waits.ts";
import { journeyFrom, toJourneyBody } from "#lib/storage/journey-body.ts";
import { keptDayOf } from "#lib/storage/kept-day.ts";
import { LatencyTable } from "#lib/storage/sqlite/latency-table.ts";
import { Lru } from "#lib/storage/sqlite/lru.ts";
import { journeyIdOf } from "#lib/storage/sqlite/pending.ts";
import type { Series } from "#lib/storage/sqlite/series.ts";
import type { SqliteFile } from "#lib/storage/sqlite/sqlite-file.ts";
import { codeOfState } from "#lib/storage/sqlite/state-code.ts";

interface Kept {
  readonly id: number;
  readonly failure: number | null;
  readonly row: JourneyRow;
  readonly sizeBytes: number;
}

/** A parsed row in memory weighs about this many times its text. */
const WEIGHT = 3;

/**
 * Writes judged journeys and all that is counted from them. Counts change by the difference to the row that is replaced, and that
 * row is read from the file when it is not at hand: a count must not depend on what a cache still knew.
 */
export class JourneyTable {
  readonly #file: SqliteFile;
  readonly #series: Series;
  readonly #failures = new FailureTable();
  readonly #dues: DueTable;
  readonly #latencies: LatencyTable;
  readonly #cache: Lru<string, Kept>;
  /** Written in this transaction; goes to the cache when it has gone through. */
  readonly #written = new Map<string, Kept | null>();
  readonly #states = new Map<string, { flow: number; state: number; by: number }>();

  constructor(file: SqliteFile, series: Series, cacheBytes: number) {
    this.#file = file;
    this.#series = series;
    this.#dues = new DueTable(series);
    this.#latencies = new LatencyTable(series);
    this.#cache = new Lru(cacheBytes);
  }

  findCached(id: string): JourneyRow | null {
    return this.#cache.get(id)?.row ?? null;
  }

  /** Within a transaction; `row` null removes. */
  replace(flow: string, primary: string, row: JourneyRow | null): void {
    const id = journeyIdOf(flow, primary);
    const old = this.#find(id, flow, primary);
    if (row === null) {
      if (old !== null) this.#remove(old);
      this.#written.set(id, null);
      return;
    }
    const failure = this.#failures.idOf(this.#file, row);
    const body = toJourneyBody(row);
    // Judged again and found as it was.
    if (old !== null && isAlike(old.row, row) && old.failure === failure && toJourneyBody(old.row) === body) return;
    const rowId = old === null ? this.#insert(row, failure, body) : this.#update(old, row, failure, body);
    replaceFurtherWaits(this.#file, this.#flowOf(flow), rowId, old?.row ?? null, row);
    this.#countState(old?.row ?? null, row);
    this.#failures.change(old?.failure ?? null, -1);
    this.#failures.change(failure, 1);
    this.#dues.replace(this.#file, flow, rowId, old?.row.dues ?? [], row.dues);
    this.#latencies.replace(this.#file, flow, old?.row ?? null, row);
    this.#written.set(id, { id: rowId, failure, row, sizeBytes: body.length * WEIGHT });
  }

  /** The last step of each transaction. */
  writeCounts(): void {
    for (const { flow, state, by } of this.#states.values()) {
      if (by === 0) continue;
      this.#file.run(
        "INSERT INTO state_count VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count",
        flow,
        state,
        by,
      );
    }
    this.#states.clear();
    this.#failures.writeCounts(this.#file);
    this.#latencies.writeSketches(this.#file);
  }

  /** The transaction went through. */
  settle(): void {
    for (const [id, kept] of this.#written) {
      if (kept === null) this.#cache.delete(id);
      else this.#cache.set(id, kept, kept.sizeBytes);
    }
    this.#written.clear();
  }

  /** The transaction did not go through: the file is as before, and so is the cache. */
  forget(): void {
    this.#written.clear();
    this.#states.clear();
    this.#failures.forget();
    this.#latencies.forget();
    this.#series.forget();
  }

  #find(id: string, flow: string, primary: string): Kept | null {
    const known = this.#written.get(id) ?? this.#cache.get(id);
    if (known !== undefined) return known;
    if (this.#written.has(id)) return null;
    const row = this.#file.get<{ id: number; failure: number | null; body: string }>(
      { sql: "SELECT id, failure, body FROM journey WHERE flow = ? AND primary_value = ?" },
      this.#flowOf(flow),
      primary,
    );
    if (row === undefined) return null;
    return { id: row.id, failure: row.failure, row: journeyFrom(row.body), sizeBytes: row.body.length * WEIGHT };
  }

  #insert(row: JourneyRow, failure: number | null, body: string): number {
    return this.#file.run(
      `INSERT INTO journey (flow, primary_value, state, started_at, since, failure, wake_at, wake_source, wake_after, wake_step,
         kept_day, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      this.#flowOf(row.flow),
      row.primary,
      ...orderOf(row),
      ...troubleOf(row, failure),
      ...wakeOf(row),
      keptDayOf(row.newestIngestedAt),
      body,
    ).rowId;
  }

  /** Names only columns that changed: SQLite writes anew every index that a named column is in. */
  #update(old: Kept, row: JourneyRow, failure: number | null, body: string): number {
    const sets = ["body = ?"];
    const values: (string | number | null)[] = [body];
    const set = (sql: string, before: readonly unknown[], after: readonly (string | number | null)[]): void => {
      if (before.every((value, place) => value === after[place])) return;
      sets.push(sql);
      values.push(...after);
    };
    set("state = ?, started_at = ?", orderOf(old.row), orderOf(row));
    set("since = ?, failure = ?", troubleOf(old.row, old.failure), troubleOf(row, failure));
    set("wake_at = ?, wake_source = ?, wake_after = ?, wake_step = ?", wakeOf(old.row), wakeOf(row));
    set("kept_day = ?", [keptDayOf(old.row.newestIngestedAt)], [keptDayOf(row.newestIngestedAt)]);
    this.#file.run(`UPDATE journey SET ${sets.join(", ")} WHERE id = ?`, ...values, old.id);
    return old.id;
  }

  #remove({ id, failure, row }: Kept): void {
    this.#file.run("DELETE FROM journey WHERE id = ?", id);
    replaceFurtherWaits(this.#file, this.#flowOf(row.flow), id, row, null);
    this.#countState(row, null);
    this.#failures.change(failure, -1);
    this.#dues.replace(this.#file, row.flow, id, row.dues, []);
    this.#latencies.replace(this.#file, row.flow, row, null);
  }

  #countState(old: JourneyRow | null, row: JourneyRow | null): void {
    if (old?.state === row?.state) return;
    if (old !== null) this.#countOne(old, -1);
    if (row !== null) this.#countOne(row, 1);
  }

  #countOne({ flow, state }: JourneyRow, by: 1 | -1): void {
    const place = `${flow}/${state}`;
    const known = this.#states.get(place);
    if (known === undefined) this.#states.set(place, { flow: this.#flowOf(flow), state: codeOfState(state), by });
    else known.by += by;
  }

  #flowOf(flow: string): number {
    return this.#series.idOf(this.#file, flow, "");
  }
}

/** A first look: most rows that are written have new events or another state. */
const isAlike = (a: JourneyRow, b: JourneyRow): boolean =>
  a.eventsTotal === b.eventsTotal && a.state === b.state && a.versionHash === b.versionHash;

const orderOf = (row: JourneyRow): readonly number[] => [codeOfState(row.state), row.startedAt];

const troubleOf = (row: JourneyRow, failure: number | null): readonly (number | null)[] => [row.since, failure];

const wakeOf = ({ wake }: JourneyRow): readonly (string | number | null)[] => [
  wake.at ?? null,
  wake.source?.source ?? null,
  wake.source?.after ?? null,
  wake.step ?? null,
];
