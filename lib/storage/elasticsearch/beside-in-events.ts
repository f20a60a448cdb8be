import type { KeyType } from "#lib/id/id.ts";
import { type Key, toKeyId } from "#lib/key/key.ts";
import { bucketsIn } from "#lib/storage/elasticsearch/aggregation.ts";
import type { Cluster } from "#lib/storage/elasticsearch/cluster.ts";
import { eventSchema } from "#lib/storage/elasticsearch/event-document.ts";

const keysPerPage = 10_000;

/** Keys of a type in the events that carry the key, the smallest `most` of them: for a key with more than the crosswalk keeps. */
export async function besideInEvents(cluster: Cluster, key: Key, type: KeyType, most: number): Promise<readonly Key[]> {
  const found: Key[] = [];
  /** Ids of one type stand together. */
  const prefix = toKeyId({ type, value: "" });
  for (let after: string = prefix; ;) {
    const { aggregations } = await cluster.search(cluster.aliasOf(eventSchema), {
      size: 0,
      track_total_hits: false,
      query: { bool: { filter: [{ term: { keys: toKeyId(key) } }] } },
      aggs: {
        beside: {
          composite: { size: keysPerPage, sources: [{ id: { terms: { field: "keys" } } }], after: { id: after } },
        },
      },
    });
    const ids = idsIn(bucketsIn(aggregations, "beside"));
    for (const id of ids) {
      if (!id.startsWith(prefix) || found.length >= most) return found;
      if (id !== toKeyId(key)) found.push({ type, value: id.slice(prefix.length) });
    }
    const last = ids.at(-1);
    if (last === undefined || ids.length < keysPerPage) return found;
    after = last;
  }
}

/** Buckets of the aggregation above have this shape. */
const idsIn = (buckets: readonly unknown[]): readonly string[] =>
  (buckets as readonly { readonly key: { readonly id: string } }[]).map(({ key }) => key.id);
