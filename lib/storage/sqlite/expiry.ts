import type { KeyType } from "#lib/id/id.ts";
import { type KeyId, toKeyId } from "#lib/key/key.ts";
import { keptDayOf } from "#lib/storage/kept-day.ts";
import { journeyFrom } from "#lib/storage/journey-body.ts";
import type { SqliteFile } from "#lib/storage/sqlite/sqlite-file.ts";
import type { UnitId } from "#lib/storage/projection.ts";
import type { State } from "#lib/storage/sqlite/state.ts";
import { unitFrom } from "#lib/storage/unit-body.ts";

/** Rows one slice deletes, and rows it looks at: each takes some tens of milliseconds. */
const DELETED_ROWS = 1_000;
const SCANNED_ROWS = 20_000;
const FREED_PAGES = 4_000;

type LinkRow = readonly [type: string, value: string, otherType: string, otherValue: string];
type KeyRow = readonly [form: string, value: string, type: string];

/** Forgets what is derived from events that are gone, a slice at a time. Links and keys are read through once for each day that ends. */
export class Expiry {
  readonly #state: State;
  #linksAfter: LinkRow | null = ["", "", "", ""];
  #keysAfter: KeyRow | null = ["", "", ""];
  #day = -Infinity;

  constructor(state: State) {
    this.#state = state;
  }

  /** True when nothing is left that is older. */
  next(before: number): boolean {
    const file = this.#state.read();
    this.#begin(file, keptDayOf(before));
    this.#state.forgetRecent();
    const done = this.#forgetSlice(file);
    file.exec(`PRAGMA incremental_vacuum(${FREED_PAGES})`);
    if (done) {
      file.run("INSERT OR REPLACE INTO expiry VALUES (1, ?)", this.#day);
      file.exec("PRAGMA incremental_vacuum; PRAGMA wal_checkpoint(TRUNCATE)");
    }
    return done;
  }

  #begin(file: SqliteFile, day: number): void {
    if (this.#day === day) return;
    this.#day = day;
    const done = file.get<{ before: number }>({ sql: "SELECT before FROM expiry" })?.before ?? -Infinity;
    this.#linksAfter = done >= day ? null : ["", "", "", ""];
    this.#keysAfter = done >= day ? null : ["", "", ""];
  }

  #forgetSlice(file: SqliteFile): boolean {
    const [links, keys] = [this.#linksAfter, this.#keysAfter];
    const { writer } = this.#state;
    if (writer.change(() => this.#forgetJourneys(file) || this.#forgetUnits(file))) return false;
    if (links !== null) this.#linksAfter = writer.change(() => this.#forgetLinks(file, links));
    else if (keys !== null) this.#keysAfter = writer.change(() => this.#forgetKeys(file, keys));
    return this.#linksAfter === null && this.#keysAfter === null;
  }

  #forgetJourneys(file: SqliteFile): boolean {
    const rows = file.all<{ body: string }>(
      { sql: "SELECT body FROM journey WHERE kept_day < ? ORDER BY kept_day LIMIT ?" },
      this.#day,
      DELETED_ROWS,
    );
    for (const { flow, primary } of rows.map((row) => journeyFrom(row.body))) {
      this.#state.writer.journeys.replace(flow, primary, null);
    }
    return rows.length > 0;
  }

  #forgetUnits(file: SqliteFile): boolean {
    const rows = file.all<{ unit: UnitId; body: string }>(
      { sql: "SELECT unit, body FROM unit WHERE kept_day < ? ORDER BY kept_day LIMIT ?" },
      this.#day,
      DELETED_ROWS,
    );
    for (const unit of rows.map((row) => unitFrom(row.unit, row.body))) {
      const aliases: readonly KeyId[] = unit.isPrimary ? [] : unit.keys.map(toKeyId);
      this.#state.writer.removeUnit(unit.id, unit.flow, aliases);
    }
    return rows.length > 0;
  }

  #forgetLinks(file: SqliteFile, after: LinkRow): LinkRow | null {
    const rows = file.all<{ type: string; value: string; other_type: string; other_value: string; kept_day: number }>(
      {
        sql: `SELECT * FROM link WHERE (type, value, other_type, other_value) > (?, ?, ?, ?)
       ORDER BY type, value, other_type, other_value LIMIT ${SCANNED_ROWS}`,
      },
      ...after,
    );
    for (const row of rows.filter((link) => link.kept_day < this.#day)) {
      file.run(
        "DELETE FROM link WHERE type = ? AND value = ? AND other_type = ? AND other_value = ?",
        row.type,
        row.value,
        row.other_type,
        row.other_value,
      );
    }
    const last = rows.length < SCANNED_ROWS ? undefined : rows.at(-1);
    return last === undefined ? null : [last.type, last.value, last.other_type, last.other_value];
  }

  #forgetKeys(file: SqliteFile, after: KeyRow): KeyRow | null {
    const rows = file.all<{ form: string; value: string; type: KeyType; kept_day: number }>(
      {
        sql: `SELECT * FROM key_beginning WHERE (form, value, type) > (?, ?, ?) ORDER BY form, value, type LIMIT ${SCANNED_ROWS}`,
      },
      ...after,
    );
    for (const key of rows.filter((each) => each.kept_day < this.#day)) this.#state.writer.keys.remove(key);
    const last = rows.length < SCANNED_ROWS ? undefined : rows.at(-1);
    return last === undefined ? null : [last.form, last.value, last.type];
  }
}
