import type { Definitions, FileProblem, Surroundings } from "#lib/storage/definitions.ts";
import { StorageError } from "#lib/storage/storage-error.ts";
import type { Flow, FlowVersion } from "#lib/flow/flow-version.ts";
import { toFlowId } from "#lib/id/id.ts";
import type { AuditChain } from "#lib/storage/sqlite/control/audit-chain.ts";
import type { ControlDatabase } from "#lib/storage/sqlite/control/control-database.ts";
import { jsonOf, numberOf, numberOrNullOf, oneOf, textOf, type Row } from "#lib/storage/sqlite/control/row.ts";

export const origins = ["file", "console"] as const;
export const noSurroundings: Surroundings = { people: { systems: {}, teams: {} }, sources: [] };

// The casts of this file: each text was written by the method beside it from a value of that type, and migrations keep old ones readable.
const asSavedFlow = (value: unknown): Flow => value as Flow;
const asSavedSurroundings = (value: unknown): Surroundings | null => value as Surroundings | null;
const asSavedProblems = (value: unknown): readonly FileProblem[] | null => value as readonly FileProblem[] | null;

export const toVersion = (row: Row): FlowVersion => ({
  flow: toFlowId(textOf(row, "flow")),
  hash: textOf(row, "hash"),
  from: numberOrNullOf(row, "from_time") ?? -Infinity,
  savedAt: numberOf(row, "saved_at"),
  declaredIn: oneOf(row, "declared_in", origins),
  text: textOf(row, "text"),
  declaration: asSavedFlow(jsonOf(row, "declaration")),
});

export const sqliteDefinitions = (database: ControlDatabase, chain: AuditChain, now: () => number): Definitions => {
  const bump = (): void => {
    database.run("UPDATE revision SET number = number + 1");
  };

  const findSetting = (name: string): unknown => {
    const row = database.get("SELECT value FROM setting WHERE name = ?", name);
    return row === null ? null : jsonOf(row, "value");
  };

  /** The revision grows only where the value is another one: files are read again every second. */
  const saveSetting = (name: string, value: unknown): void => {
    database.transact(() => {
      const changed = database.run(
        `INSERT INTO setting (name, value) VALUES (?, ?)
          ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE value <> excluded.value`,
        name,
        JSON.stringify(value),
      );
      if (changed > 0) bump();
    });
  };

  /** Takes the flow for the origin that declared it first. */
  const claim = (version: FlowVersion): void => {
    const known = database.get("SELECT declared_in FROM flow WHERE flow = ?", version.flow);
    if (known !== null && textOf(known, "declared_in") !== version.declaredIn) {
      const owner = textOf(known, "declared_in") === "file" ? "a file" : "the console";
      throw new StorageError("conflict", `Flow "${version.flow}" was declared in ${owner} first and is changed there.`);
    }
    database.run(
      "INSERT INTO flow (flow, declared_in, active) VALUES (?, ?, 1) ON CONFLICT (flow) DO NOTHING",
      version.flow,
      version.declaredIn,
    );
  };

  return {
    async revision() {
      return numberOf(database.get("SELECT number FROM revision") ?? {}, "number");
    },
    async listVersions() {
      return database.all("SELECT * FROM flow_version ORDER BY flow, from_time, number").map(toVersion);
    },
    async saveVersion(version, by) {
      return database.transact(() => {
        claim(version);
        const activated = database.run("UPDATE flow SET active = 1 WHERE flow = ? AND active = 0", version.flow) > 0;
        if (activated) bump();
        const newest = database.get(
          "SELECT hash FROM flow_version WHERE flow = ? ORDER BY number DESC LIMIT 1",
          version.flow,
        );
        if (newest !== null && textOf(newest, "hash") === version.hash) return false;
        const from = Number.isFinite(version.from) ? version.from : null;
        database.run(
          "INSERT INTO flow_version (flow, hash, from_time, saved_at, declared_in, text, declaration) VALUES (?, ?, ?, ?, ?, ?, ?)",
          version.flow,
          version.hash,
          from,
          version.savedAt,
          version.declaredIn,
          version.text,
          JSON.stringify(version.declaration),
        );
        bump();
        const detail = { hash: version.hash, from, declaredIn: version.declaredIn };
        chain.append([{ at: now(), by, action: "flow.saved", object: `flow:${version.flow}`, result: "done", detail }]);
        return true;
      });
    },
    async removeFlow(flow, by) {
      return database.transact(() => {
        const removed = database.run("DELETE FROM flow_version WHERE flow = ?", flow);
        if (database.run("DELETE FROM flow WHERE flow = ?", flow) === 0) return false;
        // What people said of its journeys says nothing without them.
        const closings = database.run("DELETE FROM closing WHERE flow = ?", flow);
        if (closings > 0) database.run("UPDATE closing_revision SET number = number + 1");
        database.run("DELETE FROM note WHERE flow = ?", flow);
        bump();
        const detail = { versions: removed };
        chain.append([{ at: now(), by, action: "flow.removed", object: `flow:${flow}`, result: "done", detail }]);
        return true;
      });
    },
    async saveActive(declaredIn, flows) {
      database.transact(() => {
        const changed = database.run(
          `UPDATE flow SET active = NOT active
            WHERE declared_in = ?1 AND active <> (flow IN (SELECT value FROM json_each(?2)))`,
          declaredIn,
          JSON.stringify(flows),
        );
        if (changed > 0) bump();
      });
    },
    async listActive() {
      return database
        .all("SELECT flow FROM flow WHERE active = 1 ORDER BY flow")
        .map((row) => toFlowId(textOf(row, "flow")));
    },
    async surroundings() {
      return asSavedSurroundings(findSetting("hopline.surroundings")) ?? noSurroundings;
    },
    async saveSurroundings(surroundings) {
      saveSetting("hopline.surroundings", surroundings);
    },
    async listProblems() {
      return asSavedProblems(findSetting("hopline.problems")) ?? [];
    },
    async saveProblems(problems) {
      saveSetting("hopline.problems", problems);
    },
    async saveFigures(name, value) {
      database.run(
        `INSERT INTO setting (name, value) VALUES (?, ?)
          ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE value <> excluded.value`,
        `setting.${name}`,
        JSON.stringify(value),
      );
    },
    async claimSetting(name, value) {
      const place = `setting.${name}`;
      return (
        findSetting(place) ??
        database.transact(() => {
          database.run(
            "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING",
            place,
            JSON.stringify(value),
          );
          return findSetting(place);
        })
      );
    },
    async changeSetting(name, change, entry) {
      return database.transact(() => {
        const place = `setting.${name}`;
        const before = findSetting(place);
        const after = change(before);
        if (JSON.stringify(after) === JSON.stringify(before)) return false;
        database.run("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", place, JSON.stringify(after));
        bump();
        chain.append([entry]);
        return true;
      });
    },
    async findSetting(name) {
      return findSetting(`setting.${name}`);
    },
    async saveSetting(name, value) {
      saveSetting(`setting.${name}`, value);
    },
  };
};
