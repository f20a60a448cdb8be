import type { Reporter } from "#lib/storage/projection.ts";
import type { Sources } from "#lib/storage/sources.ts";
import type { Transferred, TransferItems } from "#lib/storage/transfer.ts";
import { type DeadLetterRow, letterOf } from "#lib/storage/sqlite/dead-letters.ts";
import type { SqliteFile } from "#lib/storage/sqlite/sqlite-file.ts";
import { placeAfter, toPage } from "#lib/storage/sqlite/transfer/page.ts";

const countIn = (file: SqliteFile, table: string): number =>
  file.get<{ count: number }>({ sql: `SELECT count(*) AS count FROM ${table}` })?.count ?? 0;

export const sqliteDeadLetterTransfer = (intake: SqliteFile): Transferred<TransferItems["deadLetter"]> => ({
  count: async () => countIn(intake, "dead_letter"),
  async read(after, limit) {
    const sql = "SELECT * FROM dead_letter WHERE id > ? ORDER BY id LIMIT ?";
    const rows = intake.all<DeadLetterRow>({ sql }, ...placeAfter(after, [0]), limit);
    return toPage(rows, limit, letterOf, ({ id }) => [id]);
  },
  async write(letters) {
    intake.exec(copiedLetters);
    intake.transaction(() => {
      for (const letter of letters) writeLetter(intake, letter);
    });
  },
});

/** Ids of other stores are texts: which of them have a number already, for as long as a copy goes on. */
const copiedLetters = "CREATE TABLE IF NOT EXISTS copied_letter (letter TEXT PRIMARY KEY) WITHOUT ROWID";

export const forgetCopiedLetters = (intake: SqliteFile): void => {
  intake.exec("DROP TABLE IF EXISTS copied_letter");
};

const writeLetter = (intake: SqliteFile, letter: TransferItems["deadLetter"]): void => {
  const { receivedAt, reason, source, redrivenAt, path, cut, text, allowed, backfill } = letter;
  const isNumber = /^[1-9]\d{0,14}$/u.test(letter.id);
  if (!isNumber && intake.run("INSERT OR IGNORE INTO copied_letter VALUES (?)", letter.id).changes === 0) return;
  intake.run(
    `INSERT INTO dead_letter (id, received_at, reason, source, redriven_at, path, cut, text, allowed, backfill)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    isNumber ? Number(letter.id) : null,
    receivedAt,
    reason,
    source,
    redrivenAt,
    path,
    cut ? 1 : 0,
    text,
    allowed === undefined ? null : JSON.stringify(allowed),
    backfill === true ? 1 : 0,
  );
};

export const sqliteSourceTransfer = (
  sources: Sources,
  state: SqliteFile,
  intake: SqliteFile,
): Transferred<TransferItems["source"]> => ({
  count: async () => (await sources.list()).length,
  read: async () => ({ items: await sources.list(), next: null }),
  async write(items) {
    for (const item of items) {
      state.run("INSERT OR REPLACE INTO source VALUES (?, ?)", item.source, JSON.stringify(item));
      if (item.heartbeatAt === undefined) continue;
      intake.run("INSERT OR REPLACE INTO heartbeat VALUES (?, ?, ?)", item.source, item.heartbeatAt, item.lastSeenAt);
    }
  },
});

export const sqliteReporterTransfer = (state: SqliteFile): Transferred<TransferItems["reporter"]> => ({
  count: async () => countIn(state, "reporter"),
  async read(after, limit) {
    const rows = state.all<Reporter>(
      {
        sql: `SELECT flow, step, source, newest_event_at AS newestEventAt FROM reporter
         WHERE (flow, step, source) > (?, ?, ?) ORDER BY flow, step, source LIMIT ?`,
      },
      ...placeAfter(after, ["", "", ""]),
      limit,
    );
    return toPage(
      rows,
      limit,
      (row) => ({ ...row }),
      ({ flow, step, source }) => [flow, step, source],
    );
  },
  async write(items) {
    state.transaction(() => {
      for (const { flow, step, source, newestEventAt } of items) {
        state.run("INSERT OR REPLACE INTO reporter VALUES (?, ?, ?, ?)", flow, step, source, newestEventAt);
      }
    });
  },
});
