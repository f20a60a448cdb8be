import { openCluster } from "#lib/storage/elasticsearch/cluster.ts";
import { eventSchemas } from "#lib/storage/elasticsearch/event-storage.ts";
import { placeOf } from "#test/support/store-place.ts";

export interface ClusterView {
  /** Everything that any process has written is found from now on: what one finds by id and another by search is then of one moment. */
  refresh(): Promise<void>;
  /** Every index of events and what is made from them, some document of which holds the text. */
  indicesWith(text: string): Promise<readonly string[]>;
  close(): Promise<void>;
}

const documentsPerIndex = 10_000;

/** Null for a home that keeps everything itself. */
export function openClusterView(home: string): ClusterView | null {
  const { elasticsearch } = placeOf(home);
  if (elasticsearch === null) return null;
  const cluster = openCluster(elasticsearch);
  const refresh = async (): Promise<void> => {
    await cluster.call("refresh", async (client) => client.indices.refresh({ index: `${elasticsearch.prefix}-*` }));
  };
  return {
    refresh,
    async indicesWith(text) {
      await refresh();
      const holding: string[] = [];
      for (const schema of eventSchemas) {
        const { hits } = await cluster.search(cluster.aliasOf(schema), { size: documentsPerIndex });
        if (hits.hits.length === documentsPerIndex) throw new Error(`${schema.name} holds more than is looked at`);
        if (JSON.stringify(hits.hits).includes(text)) holding.push(schema.name);
      }
      return holding;
    },
    close: async () => cluster.close(),
  };
}
