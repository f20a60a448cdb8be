import { toFlowId } from "#lib/id/id.ts";
import type { FileProblem, Surroundings } from "#lib/storage/definitions.ts";
import type { TransferItems, TransferKinds } from "#lib/storage/transfer.ts";
import type { ControlDatabase } from "#lib/storage/sqlite/control/control-database.ts";
import { noSurroundings, origins, toVersion } from "#lib/storage/sqlite/control/definitions.ts";
import { jsonOf, numberOf, oneOf, textOf, type Row } from "#lib/storage/sqlite/control/row.ts";
import { countRows } from "#lib/storage/sqlite/control/transfer/count-rows.ts";
import { placeAfter, toPage } from "#lib/storage/sqlite/transfer/page.ts";

const settingPrefix = "setting.";
const surroundings = "hopline.surroundings";
const problems = "hopline.problems";

// The casts of this file: each text was written by definitions.ts from a value of that type, or came from another store's port.
const asSurroundings = (value: unknown): Surroundings => value as Surroundings;
const asProblems = (value: unknown): readonly FileProblem[] => value as readonly FileProblem[];

const toKeptVersion = (row: Row): TransferItems["version"] => {
  const version = toVersion(row);
  return { ...version, from: Number.isFinite(version.from) ? version.from : null };
};

/** Flows with every version, settings, and what else the files declare. */
export const sqliteDeclaredTransfer = (
  database: ControlDatabase,
): Pick<TransferKinds, "flow" | "version" | "setting" | "declared"> => {
  const findJson = (name: string): unknown => {
    const row = database.get("SELECT value FROM setting WHERE name = ?", name);
    return row === null ? null : jsonOf(row, "value");
  };
  const save = (name: string, value: unknown): void => {
    database.run("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", name, JSON.stringify(value));
  };
  const listDeclared = (): readonly TransferItems["declared"][] => {
    const [around, wrong] = [findJson(surroundings), findJson(problems)];
    if (around === null && wrong === null) return [];
    return [{ surroundings: asSurroundings(around ?? noSurroundings), problems: asProblems(wrong ?? []) }];
  };
  return {
    flow: {
      count: async () => countRows(database, "flow"),
      async read(after, limit) {
        const sql = "SELECT * FROM flow WHERE flow > ? ORDER BY flow LIMIT ?";
        const rows = database.all(sql, ...placeAfter(after, [""]), limit);
        const toItem = (row: Row): TransferItems["flow"] => ({
          flow: toFlowId(textOf(row, "flow")),
          declaredIn: oneOf(row, "declared_in", origins),
          active: numberOf(row, "active") === 1,
        });
        return toPage(rows, limit, toItem, (row) => [textOf(row, "flow")]);
      },
      async write(items) {
        database.transact(() => {
          for (const { flow, declaredIn, active } of items) {
            database.run(
              `INSERT INTO flow (flow, declared_in, active) VALUES (?, ?, ?)
               ON CONFLICT (flow) DO UPDATE SET declared_in = excluded.declared_in, active = excluded.active`,
              flow,
              declaredIn,
              active ? 1 : 0,
            );
          }
        });
      },
    },
    version: {
      count: async () => countRows(database, "flow_version"),
      async read(after, limit) {
        const sql = "SELECT * FROM flow_version WHERE number > ? ORDER BY number LIMIT ?";
        const rows = database.all(sql, ...placeAfter(after, [0]), limit);
        return toPage(rows, limit, toKeptVersion, (row) => [numberOf(row, "number")]);
      },
      async write(items) {
        database.transact(() => {
          for (const { flow, hash, from, savedAt, declaredIn, text, declaration } of items) {
            database.run(
              `INSERT INTO flow_version (flow, hash, from_time, saved_at, declared_in, text, declaration)
               SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7 WHERE NOT EXISTS
                 (SELECT 1 FROM flow_version WHERE flow = ?1 AND hash = ?2 AND from_time IS ?3 AND saved_at = ?4)`,
              flow,
              hash,
              from,
              savedAt,
              declaredIn,
              text,
              JSON.stringify(declaration),
            );
          }
        });
      },
    },
    setting: {
      count: async () => countRows(database, "setting WHERE name GLOB ?", `${settingPrefix}*`),
      async read(after, limit) {
        const sql = "SELECT name, value FROM setting WHERE name > ? AND name GLOB ? ORDER BY name LIMIT ?";
        const rows = database.all(sql, ...placeAfter(after, [""]), `${settingPrefix}*`, limit);
        const toItem = (row: Row): TransferItems["setting"] => ({
          name: textOf(row, "name").slice(settingPrefix.length),
          value: jsonOf(row, "value"),
        });
        return toPage(rows, limit, toItem, (row) => [textOf(row, "name")]);
      },
      async write(items) {
        database.transact(() => {
          for (const { name, value } of items) save(`${settingPrefix}${name}`, value);
        });
      },
    },
    declared: {
      count: async () => listDeclared().length,
      read: async () => ({ items: listDeclared(), next: null }),
      async write(items) {
        database.transact(() => {
          for (const item of items) {
            save(surroundings, item.surroundings);
            save(problems, item.problems);
          }
        });
      },
    },
  };
};
