import type { Cluster } from "#lib/storage/elasticsearch/cluster.ts";
import type { IndexSchema } from "#lib/storage/elasticsearch/index-schema.ts";

/** Bytes on disk of these indices, what is only in their logs so far included; of the primaries, since copies keep nothing more. */
export async function sizeOf(cluster: Cluster, schemas: readonly IndexSchema[]): Promise<number> {
  const answer = await cluster.call("measure the indices", (client) =>
    client.indices.stats({
      index: schemas.map((schema) => `${cluster.aliasOf(schema)}-v*`),
      metric: ["store", "translog"],
    }),
  );
  const { store, translog } = answer._all.primaries ?? {};
  return (store?.size_in_bytes ?? 0) + (translog?.uncommitted_size_in_bytes ?? 0);
}
