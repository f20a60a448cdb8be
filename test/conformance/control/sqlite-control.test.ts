import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { openControlStorage } from "#lib/storage/sqlite/control/open-control-storage.ts";
import { checkAccess } from "#test/conformance/control/check-access.ts";
import { checkAudit } from "#test/conformance/control/check-audit.ts";
import { checkCasework } from "#test/conformance/control/check-casework.ts";
import { checkDefinitions } from "#test/conformance/control/check-definitions.ts";
import { checkRequests } from "#test/conformance/control/check-requests.ts";
import type { ControlAdapter, ControlBed } from "#test/conformance/control/control-kit.ts";

const sqlite: ControlAdapter = {
  name: "sqlite",
  chains: "mode",
  async start() {
    const directory = await mkdtemp(join(tmpdir(), "hopline-control-"));
    const bed: ControlBed = {
      now: 1_000,
      async open(mode) {
        return openControlStorage({ directory, mode, now: () => bed.now });
      },
      async kill(storage) {
        // every call is one transaction: there is nothing half done, and the file lets go of its lock
        await storage.close();
      },
      async seen() {
        // one file: what is written is found
      },
      async tamper({ process, sequence }, object) {
        const database = new DatabaseSync(join(directory, "control.db"));
        const where = "WHERE process = ?1 AND sequence = ?2";
        if (object === null) database.prepare(`DELETE FROM audit ${where}`).run(process, sequence);
        else database.prepare(`UPDATE audit SET object = ?3 ${where}`).run(process, sequence, object);
        database.close();
      },
      async remove() {
        await rm(directory, { recursive: true, force: true });
      },
    };
    return bed;
  },
};

checkDefinitions(sqlite);
checkAccess(sqlite);
checkAudit(sqlite);
checkRequests(sqlite);
checkCasework(sqlite);
