import type { Request, Requests } from "#lib/storage/requests.ts";
import { StorageError } from "#lib/storage/storage-error.ts";
import type { AuditChain } from "#lib/storage/sqlite/control/audit-chain.ts";
import type { ControlDatabase } from "#lib/storage/sqlite/control/control-database.ts";
import { fieldsOf, numberOf, oneOf, textOf, type Row } from "#lib/storage/sqlite/control/row.ts";

const kinds = ["backup", "redrive", "rejudge", "reload_flows", "load_sample", "remove_sample"] as const;
const states = ["waiting", "running", "done", "failed"] as const;
/** Answered requests are kept this long for whoever asked. */
const keptMs = 30 * 24 * 60 * 60 * 1_000;

export const toRequest = (row: Row): Request => ({
  id: textOf(row, "id"),
  kind: oneOf(row, "kind", kinds),
  input: fieldsOf(row, "input"),
  by: textOf(row, "by"),
  createdAt: numberOf(row, "created_at"),
  state: oneOf(row, "state", states),
  output: row["output"] === null ? null : fieldsOf(row, "output"),
});

/** To be called once by the worker that opens the store: nobody else is at work on what stands as running. */
export const resumeRequests = (database: ControlDatabase, now: number): void => {
  database.transact(() => {
    database.run("UPDATE request SET state = 'waiting' WHERE state = 'running'");
    database.run("DELETE FROM request WHERE state IN ('done', 'failed') AND created_at < ?", now - keptMs);
  });
};

export const sqliteRequests = (database: ControlDatabase, chain: AuditChain, newId: () => string): Requests => ({
  async add({ kind, input, by, createdAt }) {
    const id = newId();
    database.transact(() => {
      database.run(
        "INSERT INTO request (id, kind, input, by, created_at, state) VALUES (?, ?, ?, ?, ?, 'waiting')",
        id,
        kind,
        JSON.stringify(input),
        by,
        createdAt,
      );
      const entry = { at: createdAt, by, action: `${kind}.requested`, object: `request:${id}`, detail: input };
      chain.append([{ ...entry, result: "done" }]);
    });
    return { id, kind, input, by, createdAt, state: "waiting", output: null };
  },
  async take() {
    // asked every second by the worker: no write lock while nothing waits
    if (database.get("SELECT 1 FROM request WHERE state = 'waiting' LIMIT 1") === null) return null;
    const row = database.get(
      `UPDATE request SET state = 'running'
        WHERE number = (SELECT number FROM request WHERE state = 'waiting' ORDER BY number LIMIT 1) RETURNING *`,
    );
    return row === null ? null : toRequest(row);
  },
  async finish(id, state, output) {
    const changed = database.run(
      "UPDATE request SET state = ?, output = ? WHERE id = ? AND state = 'running'",
      state,
      JSON.stringify(output),
      id,
    );
    if (changed === 0) throw new StorageError("conflict", `Request ${id} is not being worked on.`);
  },
  async findNewest(kinds) {
    const row = database.get(
      "SELECT * FROM request WHERE kind IN (SELECT value FROM json_each(?)) ORDER BY number DESC LIMIT 1",
      JSON.stringify(kinds),
    );
    return row === null ? null : toRequest(row);
  },
  async find(id) {
    const row = database.get("SELECT * FROM request WHERE id = ?", id);
    return row === null ? null : toRequest(row);
  },
});
