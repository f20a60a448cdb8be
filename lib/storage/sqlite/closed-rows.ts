import type { JourneyId } from "#lib/storage/journey-index.ts";
import type { SqliteFile } from "#lib/storage/sqlite/sqlite-file.ts";
import { codeOfState } from "#lib/storage/sqlite/state-code.ts";

export interface ClosedRow {
  readonly id: number;
  /** In `series`. */
  readonly flow: number;
  readonly state: number;
  readonly failure: number | null;
}

/** Rows of journeys that people closed by hand and that are not completed. Costs as much as are closed. */
export const closedRows = (file: SqliteFile, closed: readonly JourneyId[] = []): readonly ClosedRow[] =>
  closed.length === 0
    ? []
    : file.all<{ id: number; flow: number; state: number; failure: number | null }>(
        {
          sql: `SELECT journey.id, journey.flow, state, failure FROM json_each(?) AS closed
       JOIN series ON series.flow = closed.value ->> 0 AND series.name = ''
       JOIN journey ON journey.flow = series.id AND journey.primary_value = closed.value ->> 1
       WHERE state NOT IN (?, ?)`,
        },
        JSON.stringify(closed.map(({ flow, primary }) => [flow, primary])),
        codeOfState("completed"),
        codeOfState("completed_late"),
      );

/** Condition on `id`, and its value, that leaves rows out; nothing where there are none. */
export const leavingOut = (rows: readonly ClosedRow[]): { readonly sql: string; readonly values: readonly string[] } =>
  rows.length === 0
    ? { sql: "", values: [] }
    : { sql: "AND id NOT IN (SELECT value FROM json_each(?))", values: [JSON.stringify(rows.map(({ id }) => id))] };
