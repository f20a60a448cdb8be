import { afterAll } from "vitest";
import { auditSchema, controlSchema } from "#lib/storage/elasticsearch/control/schema.ts";
import { openControlStorage } from "#lib/storage/elasticsearch/control/open-control-storage.ts";
import { checkAccess } from "#test/conformance/control/check-access.ts";
import { checkAudit } from "#test/conformance/control/check-audit.ts";
import { checkCasework } from "#test/conformance/control/check-casework.ts";
import { checkDefinitions } from "#test/conformance/control/check-definitions.ts";
import { checkRequests } from "#test/conformance/control/check-requests.ts";
import type { ControlAdapter, ControlBed } from "#test/conformance/control/control-kit.ts";
import { mortal, type Mortal } from "#test/support/mortal-cluster.ts";
import { openTestCluster } from "#test/support/test-cluster.ts";
import type { ControlStorage } from "#lib/storage/storage.ts";

const corner = openTestCluster();
afterAll(async () => {
  await corner.remove();
  await corner.close();
});

const elasticsearch: ControlAdapter = {
  name: "elasticsearch",
  chains: "opening",
  async start() {
    const lives = new Map<ControlStorage, Mortal>();
    const bed: ControlBed = {
      now: 1_000,
      async open(mode) {
        // every opening is a process of its own, with its own view of the indices
        const life = mortal(corner.openAnother());
        const storage = await openControlStorage({
          cluster: life.cluster,
          mode,
          now: () => bed.now,
          elapsed: () => bed.now,
        });
        lives.set(storage, life);
        return storage;
      },
      async kill(storage) {
        lives.get(storage)?.kill();
      },
      async seen() {
        const { cluster } = corner;
        await Promise.all([auditSchema, controlSchema].map(async (each) => cluster.refresh(cluster.aliasOf(each))));
      },
      async tamper({ process, sequence }, object) {
        const { cluster } = corner;
        await bed.seen();
        const query = { bool: { filter: [{ term: { process } }, { term: { sequence } }] } };
        const { hits } = await cluster.search<object>(cluster.aliasOf(auditSchema), { query });
        for (const { _index: index, _id: id = "", _source } of hits.hits) {
          await cluster.write([
            object === null
              ? { kind: "delete", index, id }
              : { kind: "index", index, id, source: { ..._source, object } },
          ]);
        }
        await bed.seen();
      },
      async remove() {
        await bed.seen();
        await corner.empty();
      },
    };
    return bed;
  },
};

checkDefinitions(elasticsearch);
checkAccess(elasticsearch);
checkAudit(elasticsearch);
checkRequests(elasticsearch);
checkCasework(elasticsearch);
