import { openCluster } from "#lib/storage/elasticsearch/cluster.ts";
import { placeOf } from "#test/support/store-place.ts";

export interface ClusterView {
  /** Everything that any process has written is found from now on: what one finds by id and another by search is then of one moment. */
  refresh(): Promise<void>;
  close(): Promise<void>;
}

/** Null for a home that keeps everything itself. */
export function openClusterView(home: string): ClusterView | null {
  const { elasticsearch } = placeOf(home);
  if (elasticsearch === null) return null;
  const cluster = openCluster(elasticsearch);
  return {
    async refresh() {
      await cluster.call("refresh", async (client) => client.indices.refresh({ index: `${elasticsearch.prefix}-*` }));
    },
    close: async () => cluster.close(),
  };
}
