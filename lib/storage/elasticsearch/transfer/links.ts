import type { Cluster } from "#lib/storage/elasticsearch/cluster.ts";
import type { SharedCrosswalk } from "#lib/storage/elasticsearch/crosswalk.ts";
import {
  type Adjacency,
  adjacencyIn,
  type LinkDocument,
  linkId,
  linkSchema,
} from "#lib/storage/elasticsearch/link-document.ts";
import { type Key, toKeyId } from "#lib/key/key.ts";
import type { Transferred, TransferItems } from "#lib/storage/transfer.ts";

type Item = TransferItems["link"];

/** A key has a document for each type of its neighbours, far fewer than a page holds. */
const leastDocuments = 1_000;

/**
 * Each link once, though it stands at both of its keys: from the key that comes first, or, where that one is too common to know all of
 * its neighbours, from the other.
 */
export const clusterLinkTransfer = (cluster: Cluster, crosswalk: SharedCrosswalk): Transferred<Item> => {
  const alias = cluster.aliasOf(linkSchema);

  const readOwners = async (after: string | null, limit: number) => {
    const size = Math.max(limit, leastDocuments);
    const { hits } = await cluster.search<LinkDocument>(alias, {
      query: after === null ? { match_all: {} } : { range: { owner: { gt: after } } },
      sort: [{ owner: "asc" }],
      size,
      track_total_hits: false,
      _source: ["owner", "kept"],
    });
    const found = hits.hits.flatMap(({ _source }) => (_source === undefined ? [] : [_source]));
    if (hits.hits.length < size) return { documents: found, next: null };
    // Of the last owner there may be more on the next page.
    const cut = found.at(-1)?.owner;
    const documents = found.filter(({ owner }) => owner !== cut);
    return { documents, next: documents.at(-1)?.owner ?? null };
  };

  const toLinks = async (adjacencies: readonly Adjacency[]): Promise<readonly Item[]> => {
    const links: Item[] = [];
    const seconds: { readonly link: Item; readonly place: string }[] = [];
    for (const {
      key: [keyType, keyValue],
      type,
      values,
    } of adjacencies) {
      const key: Key = { type: keyType, value: keyValue };
      for (const [value, day] of values) {
        const other: Key = { type, value };
        if (toKeyId(key) < toKeyId(other)) links.push({ a: key, b: other, day });
        else seconds.push({ link: { a: other, b: key, day }, place: linkId(other, key.type) });
      }
    }
    const places = [...new Set(seconds.map(({ place }) => place))];
    const firsts = await cluster.getMany<LinkDocument>(cluster.indexOf(linkSchema), places, ["kept"]);
    const known = new Map(
      [...firsts].map(([id, { source }]) => [id, new Set(adjacencyIn(source).values.map(([value]) => value))]),
    );
    for (const { link, place } of seconds) if (known.get(place)?.has(link.b.value) !== true) links.push(link);
    return links;
  };

  const read: Transferred<Item>["read"] = async (after, limit) => {
    const { documents, next } = await readOwners(after, limit);
    return { items: await toLinks(documents.map(adjacencyIn)), next };
  };

  return {
    async count() {
      await cluster.refresh(alias);
      let count = 0;
      let after: string | null = null;
      do {
        const { items, next }: Awaited<ReturnType<typeof read>> = await read(after, leastDocuments);
        count += items.length;
        after = next;
      } while (after !== null);
      return count;
    },
    read,
    async write(items) {
      for (const [day, links] of Map.groupBy(items, (item) => item.day)) await crosswalk.learn(links, day, false);
    },
  };
};
