import { randomBytes } from "node:crypto";
import { type Cluster, type ClusterSettings, openCluster } from "#lib/storage/elasticsearch/cluster.ts";
import { elasticsearchAddress } from "#test/support/elasticsearch.ts";

export interface TestCluster {
  /** Of this file alone: what begins with its prefix is removed after it. */
  readonly settings: ClusterSettings;
  readonly cluster: Cluster;
  /** Another process' view of the same indices; closed after the file. */
  openAnother(settings?: Partial<ClusterSettings>): Cluster;
  /** Lets go of every document and keeps the indices: faster than making them anew. */
  empty(): Promise<void>;
  /** Lets go of every index and template. */
  remove(): Promise<void>;
}

/** They stand in the address, which a cluster reads up to 4,096 bytes of. */
const namesPerRequest = 20;

/** A corner of the cluster under test, with a prefix of its own, for one bed or file. `remove` and `close` are the caller's. */
export function openTestCluster(corner: Partial<ClusterSettings> = {}): TestCluster & { close(): Promise<void> } {
  const settings: ClusterSettings = {
    ...elasticsearchAddress(),
    apiKey: null,
    caFile: null,
    prefix: `test-${randomBytes(6).toString("hex")}`,
    ...corner,
  };
  const cluster = openCluster(settings);
  const opened = [cluster];
  const all = `${settings.prefix}-*`;
  return {
    settings,
    cluster,
    openAnother(changed = {}) {
      const another = openCluster({ ...settings, ...changed });
      opened.push(another);
      return another;
    },
    async empty() {
      await cluster.call("empty the test's indices", async (client) =>
        client.deleteByQuery({
          index: all,
          query: { match_all: {} },
          conflicts: "proceed",
          refresh: true,
          allow_no_indices: true,
          ignore_unavailable: true,
        }),
      );
    },
    async remove() {
      await cluster.call("remove the test's indices", async (client) => {
        const indices = Object.keys(await client.indices.get({ index: all, allow_no_indices: true }));
        for (let first = 0; first < indices.length; first += namesPerRequest)
          await client.indices.delete({
            index: indices.slice(first, first + namesPerRequest),
            ignore_unavailable: true,
          });
        await client.indices.deleteIndexTemplate({ name: all }, { ignore: [404] });
      });
    },
    async close() {
      await Promise.all(opened.map(async (each) => each.close()));
    },
  };
}
