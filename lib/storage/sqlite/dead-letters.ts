import type { RejectReason } from "#lib/event/reject-reason.ts";
import type {
  DeadLetter,
  DeadLetterCount,
  DeadLetterPage,
  DeadLetterQuery,
  DeadLetters,
  NewDeadLetter,
} from "#lib/storage/dead-letters.ts";
import { StorageError } from "#lib/storage/storage-error.ts";
import type { SqliteFile } from "#lib/storage/sqlite/sqlite-file.ts";
import type { StateReader } from "#lib/storage/sqlite/state.ts";

export interface DeadLetterRow {
  readonly id: number;
  readonly received_at: number;
  readonly reason: RejectReason;
  readonly source: string | null;
  readonly redriven_at: number | null;
  readonly path: string;
  readonly cut: number;
  readonly text: string;
  readonly allowed: string | null;
  readonly backfill: number;
}

/** Deletes are cut into transactions of this many rows. */
const DELETED_ROWS = 2_000;

export const letterOf = (row: DeadLetterRow): DeadLetter => ({
  id: String(row.id),
  reason: row.reason,
  path: row.path,
  source: row.source,
  text: row.text,
  cut: row.cut === 1,
  receivedAt: row.received_at,
  redrivenAt: row.redriven_at,
  ...(row.allowed === null ? undefined : { allowed: allowedFrom(row.allowed) }),
  ...(row.backfill === 1 ? { backfill: true } : undefined),
});

/** Written by `add` below. */
const allowedFrom = (text: string): NonNullable<DeadLetter["allowed"]> =>
  JSON.parse(text) as NonNullable<DeadLetter["allowed"]>;

export class SqliteDeadLetters implements DeadLetters {
  readonly #reader: StateReader;

  constructor(reader: StateReader) {
    this.#reader = reader;
  }

  async add(letters: readonly NewDeadLetter[]): Promise<void> {
    const file = this.#reader.read();
    file.transaction(() => {
      for (const { reason, path, source, text, cut, receivedAt, allowed, backfill } of letters) {
        file.run(
          `INSERT INTO dead_letter (received_at, reason, source, path, cut, text, allowed, backfill)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
          receivedAt,
          reason,
          source,
          path,
          cut ? 1 : 0,
          text,
          allowed === undefined ? null : JSON.stringify(allowed),
          backfill === true ? 1 : 0,
        );
      }
    });
  }

  async list(query: DeadLetterQuery): Promise<DeadLetterPage> {
    const after = query.cursor === null ? null : placeOf(query.cursor);
    const filters: (readonly [sql: string, value: string])[] = [];
    if (query.reason !== undefined) filters.push(["reason = ?", query.reason]);
    if (query.source !== undefined) filters.push(["source = ?", query.source]);
    const rows = this.#reader.read().all<DeadLetterRow>(
      {
        sql: `SELECT * FROM dead_letter WHERE (received_at, id) < (?, ?) ${filters.map(([sql]) => `AND ${sql}`).join(" ")}
         ${query.open === true ? "AND redriven_at IS NULL" : ""} ORDER BY received_at DESC, id DESC LIMIT ?`,
      },
      after?.receivedAt ?? Number.MAX_SAFE_INTEGER,
      after?.id ?? 0,
      ...filters.map(([, value]) => value),
      query.limit + 1,
    );
    const last = rows.length > query.limit ? rows[query.limit - 1] : undefined;
    return {
      items: rows.slice(0, query.limit).map(letterOf),
      next: last === undefined ? null : `${last.received_at}.${last.id}`,
    };
  }

  async find(id: string): Promise<DeadLetter | null> {
    const row = this.#reader.read().get<DeadLetterRow>({ sql: "SELECT * FROM dead_letter WHERE id = ?" }, id);
    return row === undefined ? null : letterOf(row);
  }

  async markRedriven(ids: readonly string[], at: number): Promise<void> {
    const sql = "UPDATE dead_letter SET redriven_at = ? WHERE id IN (SELECT value FROM json_each(?))";
    this.#reader.read().run(sql, at, JSON.stringify(ids.map(Number).filter(Number.isSafeInteger)));
  }

  async countOpen(): Promise<number> {
    const sql = "SELECT count(*) AS count FROM dead_letter WHERE redriven_at IS NULL";
    return this.#reader.read().get<{ count: number }>({ sql: sql })?.count ?? 0;
  }

  async countByCause(): Promise<readonly DeadLetterCount[]> {
    const rows = this.#reader.read().all<DeadLetterCount>({
      sql: `SELECT reason, source, count(*) AS count FROM dead_letter WHERE redriven_at IS NULL
         GROUP BY reason, source ORDER BY count DESC, reason, source`,
    });
    return rows.map(({ reason, source, count }) => ({ reason, source, count }));
  }

  async forget(sources: readonly string[]): Promise<number> {
    const sql = "DELETE FROM dead_letter WHERE source IN (SELECT value FROM json_each(?))";
    return this.#reader.read().run(sql, JSON.stringify(sources)).changes;
  }

  async expire(before: number): Promise<number> {
    const file = this.#reader.read();
    let deleted = 0;
    let slice = DELETED_ROWS;
    while (slice === DELETED_ROWS) {
      slice = deleteSlice(file, before);
      deleted += slice;
    }
    if (deleted > 0) file.exec("PRAGMA incremental_vacuum");
    return deleted;
  }
}

const deleteSlice = (file: SqliteFile, before: number): number =>
  file.run(
    `DELETE FROM dead_letter WHERE id IN
       (SELECT id FROM dead_letter WHERE received_at < ? ORDER BY received_at LIMIT ${DELETED_ROWS})`,
    before,
  ).changes;

const placeOf = (cursor: string): { readonly receivedAt: number; readonly id: number } => {
  const [, receivedAt, id] = /^(\d{1,16})\.(\d{1,16})$/.exec(cursor) ?? [];
  if (receivedAt === undefined || id === undefined) {
    throw new StorageError("invalid_cursor", "The cursor is not one that this list gave out");
  }
  return { receivedAt: Number(receivedAt), id: Number(id) };
};
