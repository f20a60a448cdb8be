import { afterAll } from "vitest";
import { prefixVariable } from "#test/support/store-place.ts";
import { openTestCluster } from "#test/support/open-test-cluster.ts";

/** From now on every home of this file keeps everything in the cluster under test; removed after the file. */
export function keepInCluster(): void {
  const corner = openTestCluster();
  process.env[prefixVariable] = corner.settings.prefix;
  afterAll(async () => {
    delete process.env[prefixVariable];
    await corner.remove();
    await corner.close();
  });
}
