import type { Cluster } from "#lib/storage/elasticsearch/cluster.ts";
import { eventSchemas } from "#lib/storage/elasticsearch/event-storage.ts";

export interface KeptDocument {
  readonly index: string;
  readonly id: string;
  readonly source: object;
}

const documentsPerPage = 5_000;

/** Reads what a worker has left in a corner of a cluster since it was last asked: events and all that is derived from them. */
export const followDocuments = (cluster: Cluster): (() => Promise<readonly KeptDocument[]>) => {
  /** By index: the newest writing that was read. Numbered by the one shard that each has. */
  const read = new Map<string, number>();
  return async () => {
    const found: KeptDocument[] = [];
    for (const schema of eventSchemas) {
      await cluster.refresh(cluster.aliasOf(schema));
      for (const index of await indicesBehind(cluster, cluster.aliasOf(schema))) {
        for (;;) {
          const { hits } = await cluster.call("read what was kept", async (client) =>
            client.search<object>({
              index,
              size: documentsPerPage,
              query: { range: { _seq_no: { gt: read.get(index) ?? -1 } } },
              sort: [{ _seq_no: "asc" }],
              track_total_hits: false,
            }),
          );
          for (const { _id = "", _source = {}, sort } of hits.hits) {
            found.push({ index, id: _id, source: _source });
            read.set(index, Number(sort?.[0]));
          }
          if (hits.hits.length < documentsPerPage) break;
        }
      }
    }
    return found;
  };
};

const indicesBehind = async (cluster: Cluster, alias: string): Promise<readonly string[]> =>
  Object.keys(
    await cluster.call("list indices", async (client) =>
      client.indices.getAlias({ name: alias, index: `${alias}-*`, allow_no_indices: true }, { ignore: [404] }),
    ),
  ).filter((name) => name.startsWith(alias));
