import { checkAccess } from "#test/conformance/control/check-access.ts";
import { checkAudit } from "#test/conformance/control/check-audit.ts";
import { checkCasework } from "#test/conformance/control/check-casework.ts";
import { checkDefinitions } from "#test/conformance/control/check-definitions.ts";
import { checkRequests } from "#test/conformance/control/check-requests.ts";
import type { ControlAdapter, ControlBed } from "#test/conformance/control/control-kit.ts";
import { type Process, setUpControlCorner } from "#test/support/control-corner.ts";

const corner = setUpControlCorner();

const elasticsearch: ControlAdapter = {
  name: "elasticsearch",
  chains: "opening",
  async start() {
    const processes: Process[] = [];
    const bed: ControlBed = {
      now: 1_000,
      async open(mode) {
        const process = await corner.open({ mode, now: () => bed.now });
        processes.push(process);
        return process.storage;
      },
      async kill(storage) {
        processes.find((each) => each.storage === storage)?.life.kill();
      },
      seen: corner.seen,
      tamper: corner.tamper,
      remove: corner.empty,
    };
    return bed;
  },
};

checkDefinitions(elasticsearch);
checkAccess(elasticsearch);
checkAudit(elasticsearch);
checkRequests(elasticsearch);
checkCasework(elasticsearch);
