import type { Closing } from "#lib/storage/closings.ts";
import type { TransferItems, TransferKinds } from "#lib/storage/transfer.ts";
import { toChainedEntry } from "#lib/storage/sqlite/control/audit-chain.ts";
import { toClosing } from "#lib/storage/sqlite/control/closings.ts";
import type { ControlDatabase } from "#lib/storage/sqlite/control/control-database.ts";
import { toNote } from "#lib/storage/sqlite/control/notes.ts";
import { toRequest } from "#lib/storage/sqlite/control/requests.ts";
import { numberOf, numberOrNullOf, textOf, type Row } from "#lib/storage/sqlite/control/row.ts";
import { countRows } from "#lib/storage/sqlite/control/transfer/count-rows.ts";
import { placeAfter, toPage } from "#lib/storage/sqlite/transfer/page.ts";

const numberPlace = (row: Row): readonly number[] => [numberOf(row, "number")];

/** What was done and said: audit chains as they are, requests, closings, notes. */
export const sqliteRecordTransfer = (
  database: ControlDatabase,
): Pick<TransferKinds, "auditEntry" | "request" | "closing" | "note"> => {
  const readNumbered = (table: "audit" | "request" | "note", after: string | null, limit: number): readonly Row[] =>
    database.all(`SELECT * FROM ${table} WHERE number > ? ORDER BY number LIMIT ?`, ...placeAfter(after, [0]), limit);
  const writeEach =
    <Item>(write: (item: Item) => void) =>
    async (items: readonly Item[]): Promise<void> => {
      database.transact(() => {
        for (const item of items) write(item);
      });
    };
  return {
    auditEntry: {
      count: async () => countRows(database, "audit"),
      read: async (after, limit) => toPage(readNumbered("audit", after, limit), limit, toChainedEntry, numberPlace),
      write: writeEach((entry) => {
        const { process, sequence, at, by, action, object, result, detail, hash } = entry;
        database.run(
          `INSERT INTO audit (process, sequence, at, by, action, object, result, detail, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT DO NOTHING`,
          process,
          sequence,
          at,
          by,
          action,
          object,
          result,
          detail === undefined ? null : JSON.stringify(detail),
          hash,
        );
      }),
    },
    request: {
      count: async () => countRows(database, "request"),
      read: async (after, limit) => toPage(readNumbered("request", after, limit), limit, toRequest, numberPlace),
      write: writeEach(({ id, kind, input, by, createdAt, state, output }) => {
        const answer = output === null ? null : JSON.stringify(output);
        database.run(
          `INSERT INTO request (id, kind, input, by, created_at, state, output) VALUES (?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (id) DO UPDATE SET state = excluded.state, output = excluded.output`,
          id,
          kind,
          JSON.stringify(input),
          by,
          createdAt,
          state,
          answer,
        );
      }),
    },
    closing: {
      count: async () => countRows(database, "closing"),
      async read(after, limit) {
        const sql = "SELECT * FROM closing WHERE (flow, primary_value) > (?, ?) ORDER BY flow, primary_value LIMIT ?";
        const rows = database.all(sql, ...placeAfter(after, ["", ""]), limit);
        return toPage(rows, limit, toClosing, (row) => [textOf(row, "flow"), textOf(row, "primary_value")]);
      },
      write: writeEach(({ flow, primary, at, by, reason }: Closing) => {
        database.run("INSERT OR REPLACE INTO closing VALUES (?, ?, ?, ?, ?)", flow, primary, at, by, reason);
      }),
    },
    note: {
      count: async () => countRows(database, "note"),
      async read(after, limit) {
        const toItem = (row: Row): TransferItems["note"] => ({
          ...toNote(row),
          deletedAt: numberOrNullOf(row, "deleted_at"),
        });
        return toPage(readNumbered("note", after, limit), limit, toItem, numberPlace);
      },
      write: writeEach(({ id, flow, primary, at, author, by, text, deletedAt }) => {
        database.run(
          `INSERT INTO note (id, flow, primary_value, at, author, by, text, deleted_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (id) DO UPDATE SET text = excluded.text, deleted_at = excluded.deleted_at`,
          id,
          flow,
          primary,
          at,
          author,
          by,
          text,
          deletedAt,
        );
      }),
    },
  };
};
