import { afterAll } from "vitest";
import { openTestCluster, type TestCluster } from "#test/support/open-test-cluster.ts";

/** A corner of the cluster for the tests of one file, removed after the last of them. */
export function setUpTestCluster(): TestCluster {
  const bed = openTestCluster();
  afterAll(async () => {
    await bed.remove();
    await bed.close();
  });
  return bed;
}
