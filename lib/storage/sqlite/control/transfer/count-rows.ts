import type { ControlDatabase } from "#lib/storage/sqlite/control/control-database.ts";
import { numberOf } from "#lib/storage/sqlite/control/row.ts";

/** `from`: what stands behind FROM, never from outside. */
export const countRows = (database: ControlDatabase, from: string, ...values: string[]): number =>
  numberOf(database.get(`SELECT count(*) AS count FROM ${from}`, ...values) ?? {}, "count");
