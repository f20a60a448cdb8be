import { afterAll } from "vitest";
import { eventSchemas, openEventStorage } from "#lib/storage/elasticsearch/event-storage.ts";
import type { EventAdapter } from "#test/conformance/events/event-bed.ts";
import { TEN } from "#test/conformance/events/make.ts";
import { openTestCluster, type TestCluster } from "#test/support/open-test-cluster.ts";

/** Event stores in a corner of the cluster under test, with one set of indices for all tests of a file. */
export const makeElasticsearchBed = (): EventAdapter => {
  const corner = openTestCluster();
  afterAll(async () => {
    await corner.remove();
    await corner.close();
  });
  return {
    name: "elasticsearch",
    givesSpaceBackLate: "a cluster takes deleted documents off its disks when it merges segments",
    start: async () => ({
      // Every opening is a process of its own, with its own view of the indices.
      open: async () => openEventStorage({ cluster: corner.openAnother(), now: () => TEN }),
      remove: async () => emptyEventIndices(corner),
    }),
  };
};

/** Indices of days are let go whole: what is deleted in them would still be counted as stored. */
export const emptyEventIndices = async ({ cluster, empty: emptyAll }: TestCluster): Promise<void> => {
  const aliases = eventSchemas.filter(({ span }) => span !== "one").map((schema) => `${cluster.aliasOf(schema)}-v*`);
  await cluster.call("remove the days", async (client) => {
    const days = Object.keys(await client.indices.get({ index: aliases, allow_no_indices: true }));
    if (days.length > 0) await client.indices.delete({ index: days, ignore_unavailable: true });
  });
  await Promise.all(
    eventSchemas.filter(({ span }) => span === "one").map(async (schema) => cluster.refresh(cluster.aliasOf(schema))),
  );
  await emptyAll();
};
