import { toKeyId } from "#lib/key/key.ts";
import type { ForgottenProjection } from "#lib/storage/projection.ts";
import type { SqliteFile } from "#lib/storage/sqlite/sqlite-file.ts";
import type { State } from "#lib/storage/sqlite/state.ts";

/** Deletes rows from state.db with the counts that follow from them, in one transaction; the bytes are overwritten. */
export const forgetRows = (state: State, { units, journeys, keys }: ForgottenProjection): void => {
  const file = state.read();
  // What was written a moment ago may be written again.
  state.forgetRecent();
  file.exec("PRAGMA secure_delete = ON");
  state.writer.change(() => {
    for (const { flow, primary } of journeys) state.writer.journeys.replace(flow, primary, null);
    for (const { id, flow, isPrimary, keys: aliases } of units)
      state.writer.removeUnit(id, flow, isPrimary ? [] : aliases.map(toKeyId));
    for (const { type, value } of keys) {
      forgetLinks(file, type, value);
      state.writer.keys.remove({ type, value });
    }
  });
  file.exec("PRAGMA secure_delete = OFF; PRAGMA incremental_vacuum; PRAGMA wal_checkpoint(TRUNCATE)");
};

/** Both ways round, as they are written. */
const forgetLinks = (file: SqliteFile, type: string, value: string): void => {
  const others = file.all<{ other_type: string; other_value: string }>(
    { sql: "SELECT other_type, other_value FROM link WHERE type = ? AND value = ?" },
    type,
    value,
  );
  const sql = "DELETE FROM link WHERE type = ? AND value = ? AND other_type = ? AND other_value = ?";
  for (const other of others) {
    file.run(sql, type, value, other.other_type, other.other_value);
    file.run(sql, other.other_type, other.other_value, type, value);
  }
};
