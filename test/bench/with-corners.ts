import { openTestCluster } from "#test/support/open-test-cluster.ts";

export type ClusterCorner = ReturnType<typeof openTestCluster>;

/** Runs with two corners of the cluster under test that are removed afterwards, whatever happens. */
export const withCorners = async <Result>(
  run: (ours: ClusterCorner, bare: ClusterCorner) => Promise<Result>,
): Promise<Result> => {
  const [ours, bare] = [openTestCluster(), openTestCluster()];
  try {
    return await run(ours, bare);
  } finally {
    for (const corner of [ours, bare]) {
      await corner.remove();
      await corner.close();
    }
  }
};
