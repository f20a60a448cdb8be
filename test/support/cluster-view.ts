import { openCluster } from "#lib/storage/elasticsearch/cluster.ts";
import { placeOf } from "#test/support/store-place.ts";

export interface ClusterView {
  /** Everything that any process has written is found from now on: what one finds by id and another by search is then of one moment. */
  refresh(): Promise<void>;
  /** Every index some document of which holds the text, without the prefix. */
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
      const all = `${elasticsearch.prefix}-*`;
      const indices = await cluster.call("list", async (client) =>
        Object.keys(await client.indices.get({ index: all })),
      );
      const holding: string[] = [];
      for (const index of indices) {
        const { hits } = await cluster.search(index, { size: documentsPerIndex });
        if (hits.hits.length === documentsPerIndex) throw new Error(`${index} holds more than is looked at`);
        if (JSON.stringify(hits.hits).includes(text)) holding.push(index.slice(all.length - 1));
      }
      return holding;
    },
    close: async () => cluster.close(),
  };
}
