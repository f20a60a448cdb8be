import { journeyObject } from "#lib/audit/journey-object.ts";
import { toFlowId } from "#lib/id/id.ts";
import type { Closing, Closings } from "#lib/storage/closings.ts";
import type { AuditChain } from "#lib/storage/sqlite/control/audit-chain.ts";
import type { ControlDatabase } from "#lib/storage/sqlite/control/control-database.ts";
import { numberOf, textOf, type Row } from "#lib/storage/sqlite/control/row.ts";

export const toClosing = (row: Row): Closing => ({
  flow: toFlowId(textOf(row, "flow")),
  primary: textOf(row, "primary_value"),
  at: numberOf(row, "at"),
  by: textOf(row, "by"),
  reason: textOf(row, "reason"),
});

export const sqliteClosings = (database: ControlDatabase, chain: AuditChain): Closings => {
  const bump = (): void => {
    database.run("UPDATE closing_revision SET number = number + 1");
  };
  return {
    async revision() {
      return numberOf(database.get("SELECT number FROM closing_revision") ?? {}, "number");
    },
    async list() {
      return database.all("SELECT * FROM closing ORDER BY flow, primary_value").map(toClosing);
    },
    async find({ flow, primary }) {
      const row = database.get("SELECT * FROM closing WHERE flow = ? AND primary_value = ?", flow, primary);
      return row === null ? null : toClosing(row);
    },
    async close(closing) {
      const { flow, primary, at, by, reason } = closing;
      return database.transact(() => {
        const added = database.run(
          "INSERT INTO closing (flow, primary_value, at, by, reason) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
          flow,
          primary,
          at,
          by,
          reason,
        );
        if (added === 0) return false;
        bump();
        const detail = { reason };
        chain.append([{ at, by, action: "journey.closed", object: journeyObject(closing), result: "done", detail }]);
        return true;
      });
    },
    async reopen(journey, at, by) {
      return database.transact(() => {
        const gone = database.run(
          "DELETE FROM closing WHERE flow = ? AND primary_value = ?",
          journey.flow,
          journey.primary,
        );
        if (gone === 0) return false;
        bump();
        chain.append([{ at, by, action: "journey.reopened", object: journeyObject(journey), result: "done" }]);
        return true;
      });
    },
    async forget(journeys, before) {
      const sql = "DELETE FROM closing WHERE flow = ? AND primary_value = ? AND at < ?";
      return database.transact(() => {
        const gone = journeys.reduce((sum, { flow, primary }) => sum + database.run(sql, flow, primary, before), 0);
        if (gone > 0) bump();
        return gone;
      });
    },
  };
};
