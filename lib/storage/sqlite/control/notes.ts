import { journeyObject } from "#lib/audit/journey-object.ts";
import { toFlowId } from "#lib/id/id.ts";
import type { Note, Notes } from "#lib/storage/notes.ts";
import type { AuditChain } from "#lib/storage/sqlite/control/audit-chain.ts";
import type { ControlDatabase } from "#lib/storage/sqlite/control/control-database.ts";
import { numberOf, textOf, type Row } from "#lib/storage/sqlite/control/row.ts";

/** A deleted text can be brought back for so long; with the next change of any note after that it is gone. */
const keptMs = 24 * 60 * 60 * 1_000;

export const toNote = (row: Row): Note => ({
  id: textOf(row, "id"),
  flow: toFlowId(textOf(row, "flow")),
  primary: textOf(row, "primary_value"),
  at: numberOf(row, "at"),
  author: textOf(row, "author"),
  by: textOf(row, "by"),
  text: textOf(row, "text"),
});

export const sqliteNotes = (database: ControlDatabase, chain: AuditChain, newId: () => string): Notes => {
  const forgetDeleted = (now: number): void => {
    database.run("DELETE FROM note WHERE deleted_at < ?", now - keptMs);
  };
  const audit = (action: "note.added" | "note.deleted" | "note.restored", note: Note, at: number): void => {
    const detail = { note: note.id, characters: Array.from(note.text).length };
    chain.append([{ at, by: note.by, action, object: journeyObject(note), result: "done", detail }]);
  };
  /** Runs one UPDATE that says which note it changed. */
  const change = (action: "note.deleted" | "note.restored", at: number, sql: string, ...values: (string | number)[]) =>
    database.transact(() => {
      forgetDeleted(at);
      const row = database.get(sql, ...values);
      if (row === null) return false;
      audit(action, toNote(row), at);
      return true;
    });
  return {
    async list({ flow, primary }) {
      return database
        .all(
          "SELECT * FROM note WHERE flow = ? AND primary_value = ? AND deleted_at IS NULL ORDER BY number",
          flow,
          primary,
        )
        .map(toNote);
    },
    async add(given) {
      const note = { ...given, id: newId() };
      database.transact(() => {
        forgetDeleted(note.at);
        database.run(
          "INSERT INTO note (id, flow, primary_value, at, author, by, text) VALUES (?, ?, ?, ?, ?, ?, ?)",
          note.id,
          note.flow,
          note.primary,
          note.at,
          note.author,
          note.by,
          note.text,
        );
        audit("note.added", note, note.at);
      });
      return note;
    },
    async delete(id, author, at) {
      const sql = "UPDATE note SET deleted_at = ? WHERE id = ? AND author = ? AND deleted_at IS NULL RETURNING *";
      return change("note.deleted", at, sql, at, id, author);
    },
    async restore(id, author, at) {
      const sql =
        "UPDATE note SET deleted_at = NULL WHERE id = ? AND author = ? AND deleted_at IS NOT NULL RETURNING *";
      return change("note.restored", at, sql, id, author);
    },
    async listJourneys(before, after, limit) {
      return database
        .all(
          `SELECT DISTINCT flow, primary_value FROM note
            WHERE at < ?1 AND (?2 IS NULL OR (flow, primary_value) > (?2, ?3)) ORDER BY flow, primary_value LIMIT ?4`,
          before,
          after?.flow ?? null,
          after?.primary ?? null,
          limit,
        )
        .map((row) => ({ flow: toFlowId(textOf(row, "flow")), primary: textOf(row, "primary_value") }));
    },
    async forget(journeys, before) {
      const sql = "DELETE FROM note WHERE flow = ? AND primary_value = ? AND at < ?";
      return database.transact(() =>
        journeys.reduce((sum, { flow, primary }) => sum + database.run(sql, flow, primary, before), 0),
      );
    },
  };
};
