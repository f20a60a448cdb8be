import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { ControlStorage } from "#lib/storage/storage.ts";
import { sqliteAudit } from "#lib/storage/sqlite/control/audit.ts";
import { auditChain } from "#lib/storage/sqlite/control/audit-chain.ts";
import { sqliteClosings } from "#lib/storage/sqlite/control/closings.ts";
import { ControlDatabase } from "#lib/storage/sqlite/control/control-database.ts";
import { sqliteDefinitions } from "#lib/storage/sqlite/control/definitions.ts";
import { sqliteLeases } from "#lib/storage/sqlite/control/leases.ts";
import { sqliteNotes } from "#lib/storage/sqlite/control/notes.ts";
import { resumeRequests, sqliteRequests } from "#lib/storage/sqlite/control/requests.ts";
import { sqliteTokens } from "#lib/storage/sqlite/control/tokens.ts";
import { sqliteUsers } from "#lib/storage/sqlite/control/users.ts";

export interface ControlOptions {
  /** `HOPLINE_HOME`; `control.db` stands in it and is made where it is missing. */
  readonly directory: string;
  /** Who opens it: names the audit chain. The worker takes up requests that a dead worker left running. */
  readonly mode: "worker" | "console" | "command";
  readonly now: () => number;
  readonly newId?: () => string;
}

/** Opens the control store; any number of processes may. Throws StorageError `damaged`, `newer_version`, `unavailable`. */
export const openControlStorage = ({ directory, mode, now, newId = randomUUID }: ControlOptions): ControlStorage => {
  const database = ControlDatabase.open(join(directory, "control.db"), { check: mode !== "command" });
  const chain = auditChain(database, mode);
  const audit = sqliteAudit(database, chain);
  if (mode === "worker") resumeRequests(database, now());
  return {
    definitions: sqliteDefinitions(database, chain, now),
    access: { ...sqliteUsers(database, chain, { now, newId }), ...sqliteTokens(database, chain, { now, newId }) },
    audit,
    requests: sqliteRequests(database, chain, newId),
    closings: sqliteClosings(database, chain),
    notes: sqliteNotes(database, chain, newId),
    leases: sqliteLeases(),
    async close() {
      try {
        audit.close();
      } finally {
        database.close();
      }
    },
  };
};
