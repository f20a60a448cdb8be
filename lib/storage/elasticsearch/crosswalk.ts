import type { estypes } from "@elastic/elasticsearch";
import { bundleType } from "#lib/crosswalk/links-of.ts";
import type { KeyType } from "#lib/id/id.ts";
import { type Key, type KeyId, toKeyId } from "#lib/key/key.ts";
import { besideInEvents } from "#lib/storage/elasticsearch/beside-in-events.ts";
import type { Cluster, SearchQuery } from "#lib/storage/elasticsearch/cluster.ts";
import {
  adjacencyIn,
  type LinkDocument,
  linkId,
  linkSchema,
  mostNeighbours,
  ownerOf,
  toLinkDocument,
  withValues,
} from "#lib/storage/elasticsearch/link-document.ts";
import { type Gone, gone, type Merge, mergeDocuments } from "#lib/storage/elasticsearch/merge-documents.ts";
import { createRecent } from "#lib/storage/elasticsearch/recent.ts";
import type { Crosswalk, Link } from "#lib/storage/projection.ts";

/** What was learned of links, and the crosswalk without it. */
export interface LearnedLinks {
  readonly newLinks: readonly Link[];
  readonly before: Crosswalk;
}

export interface SharedCrosswalk extends Crosswalk {
  /** `isAgain`: every link counts as new. `day`: of the arrival. */
  learn(links: readonly Link[], day: number, isAgain: boolean): Promise<LearnedLinks>;
  /** Keys seen beside each key, of any type. */
  besides(keys: readonly Key[], limit: number): Promise<ReadonlyMap<KeyId, readonly Key[]>>;
  /** Takes these keys away, from both ends of their links. */
  forget(keys: readonly Key[]): Promise<void>;
  /** Forgets that anything was learned just now: what others have forgotten meanwhile has to be learned again. */
  clear(): void;
}

/** One document of the crosswalk, and what a batch adds to it. */
interface Addition {
  readonly key: Key;
  readonly type: KeyType;
  readonly values: Set<string>;
}

type Values = readonly string[];

const keysPerSearch = 1_000;

/** Links as adjacency: a document for a key and a type of its neighbours, written over what was read of it. */
export function createCrosswalk(cluster: Cluster): SharedCrosswalk {
  const index = cluster.indexOf(linkSchema);
  /** Learned by this process on this day: mostly the same links come again soon. */
  const recent = createRecent();

  const read = async (ids: readonly string[]): Promise<ReadonlyMap<string, Values>> => {
    const found = await cluster.getMany<LinkDocument>(index, ids, ["kept"]);
    return new Map([...found].map(([id, { source }]) => [id, adjacencyIn(source).values.map(([value]) => value)]));
  };

  /** What stands in `instead` is not read. */
  const list = async (
    keys: readonly Key[],
    types: readonly KeyType[],
    limit: number,
    instead: (id: string, values: Values | undefined) => Values,
  ): Promise<ReadonlyMap<string, readonly Key[]>> => {
    const places = keys.flatMap((key) => types.map((type) => ({ key, type, id: linkId(key, type) })));
    const kept = await read([...new Set(places.map(({ id }) => id))]);
    const found = new Map<string, Key[]>();
    for (const { key, type, id } of places) {
      const values = instead(id, kept.get(id)).slice(0, limit + 1);
      if (values.length === 0) continue;
      const beside = found.get(toKeyId(key)) ?? [];
      found.set(toKeyId(key), beside);
      for (const value of values) beside.push({ type, value });
    }
    return found;
  };

  const learn: SharedCrosswalk["learn"] = async (links, day, isAgain) => {
    const fresh = links.filter(({ a, b }) => toKeyId(a) !== toKeyId(b) && (isAgain || !recent.has(nameOf(a, b), day)));
    const additions = toAdditions(fresh);
    /** Of each document that lacked something: what it held then, and what it lacked. */
    const lacking = new Map<string, { readonly values: Values; readonly lacked: ReadonlySet<string> }>();
    const merges = new Map<string, Merge<LinkDocument>>();
    for (const [id, { key, type, values }] of additions) {
      merges.set(id, (document) => {
        const known = document === null ? [] : adjacencyIn(document).values;
        const before = known.map(([value]) => value);
        const had = new Set(before);
        const lacked = new Set([...values].filter((value) => !had.has(value)));
        // The first look counts: a write whose answer was lost finds its own work at the second.
        if (lacked.size > 0 && !lacking.has(id)) lacking.set(id, { values: before, lacked });
        const next = withValues(known, values, day);
        return next === null ? null : toLinkDocument({ key: [key.type, key.value], type, values: next });
      });
    }
    await mergeDocuments(cluster, index, merges);
    for (const { a, b } of fresh) recent.add(nameOf(a, b), day);
    const isNew = (a: Key, b: Key): boolean => lacking.get(linkId(a, b.type))?.lacked.has(b.value) === true;
    return {
      newLinks: isAgain ? fresh : fresh.filter(({ a, b }) => isNew(a, b) || isNew(b, a)),
      before: {
        neighbours: (keys, types, limit) =>
          list(keys, types, limit, (id, values = []) => {
            const added = additions.get(id)?.values;
            if (isAgain && added !== undefined) return values.filter((value) => !added.has(value));
            return lacking.get(id)?.values ?? values;
          }),
      },
    };
  };

  return {
    learn,
    async neighbours(keys, types, limit) {
      const kept = await list(keys, types, limit, (_, values = []) => values);
      if (limit < mostNeighbours) return kept;
      const found = new Map(kept);
      for (const key of keys) {
        const beside = kept.get(toKeyId(key)) ?? [];
        const isCut = types.some((type) => beside.filter((each) => each.type === type).length === mostNeighbours);
        if (isCut) found.set(toKeyId(key), await besidesInEvents(cluster, key, types, limit));
      }
      return found;
    },
    async besides(keys, limit) {
      const found = new Map<KeyId, Key[]>();
      for (let first = 0; first < keys.length; first += keysPerSearch) {
        const owners = new Map(keys.slice(first, first + keysPerSearch).map((key) => [ownerOf(key), toKeyId(key)]));
        for await (const { owner, kept } of linksOfOwners(cluster, index, [...owners.keys()])) {
          const id = owners.get(owner);
          const { type, values } = adjacencyIn({ kept });
          if (id === undefined) continue;
          const beside = found.get(id) ?? [];
          found.set(id, beside);
          for (const [value] of values.slice(0, limit - beside.length)) beside.push({ type, value });
        }
      }
      return found;
    },
    async forget(keys) {
      recent.clear();
      await cluster.refresh(index);
      for (let first = 0; first < keys.length; first += keysPerSearch)
        await forgetLinks(cluster, index, keys.slice(first, first + keysPerSearch));
    },
    clear: () => recent.clear(),
  };
}

/** Events tell of each key itself: none of them has to be stepped over. */
async function besidesInEvents(
  cluster: Cluster,
  key: Key,
  types: readonly KeyType[],
  limit: number,
): Promise<readonly Key[]> {
  const all: Key[] = [];
  for (const type of types) if (type !== bundleType) all.push(...(await besideInEvents(cluster, key, type, limit + 1)));
  return all;
}

const nameOf = (a: Key, b: Key): string => `${toKeyId(a)}\u0001${toKeyId(b)}`;

function toAdditions(links: readonly Link[]): ReadonlyMap<string, Addition> {
  const additions = new Map<string, Addition>();
  const add = (key: Key, other: Key): void => {
    const id = linkId(key, other.type);
    const addition = additions.get(id) ?? { key, type: other.type, values: new Set<string>() };
    additions.set(id, addition);
    addition.values.add(other.value);
  };
  for (const { a, b } of links) {
    add(a, b);
    add(b, a);
  }
  return additions;
}

/** An owner has a document for each type of its neighbours: far fewer. */
const documentsPerPage = 1_000;

async function* linksOfOwners(
  cluster: Cluster,
  index: string,
  owners: readonly string[],
): AsyncGenerator<Pick<LinkDocument, "owner" | "kept">> {
  for (let after: string | null = null; ;) {
    const range: SearchQuery[] = after === null ? [] : [{ range: { owner: { gt: after } } }];
    const { hits }: estypes.SearchResponse<LinkDocument> = await cluster.search<LinkDocument>(index, {
      query: { bool: { filter: [{ terms: { owner: [...owners] } }, ...range] } },
      size: documentsPerPage,
      sort: [{ owner: "asc" }],
      track_total_hits: false,
      _source: ["owner", "kept"],
    });
    const found = hits.hits.flatMap(({ _source }) => _source ?? []);
    const isLast = hits.hits.length < documentsPerPage;
    // Of the last owner of a page there may be more on the next.
    const cut: string | undefined = isLast ? undefined : found.at(-1)?.owner;
    const whole = found.filter(({ owner }) => owner !== cut);
    yield* whole;
    after = whole.at(-1)?.owner ?? null;
    if (isLast || after === null) return;
  }
}

/** From both ends; those of the other end one by one, since others stand in the same documents. */
async function forgetLinks(cluster: Cluster, index: string, keys: readonly Key[]): Promise<void> {
  const owners = new Map(keys.map((key) => [ownerOf(key), key]));
  const lost = new Map<string, Set<string>>();
  const merges = new Map<string, Merge<LinkDocument>>();
  for await (const { owner, kept } of linksOfOwners(cluster, index, [...owners.keys()])) {
    const key = owners.get(owner);
    const { type, values } = adjacencyIn({ kept });
    if (key === undefined) continue;
    merges.set(linkId(key, type), () => gone);
    for (const [value] of values) {
      const id = linkId({ type, value }, key.type);
      lost.set(id, (lost.get(id) ?? new Set()).add(key.value));
    }
  }
  for (const [id, values] of lost)
    if (!merges.has(id)) merges.set(id, (document) => (document === null ? null : without(document, values)));
  await mergeDocuments(cluster, index, merges);
}

function without(document: LinkDocument, lost: ReadonlySet<string>): LinkDocument | Gone | null {
  const adjacency = adjacencyIn(document);
  const values = adjacency.values.filter(([value]) => !lost.has(value));
  if (values.length === adjacency.values.length) return null;
  return values.length === 0 ? gone : toLinkDocument({ ...adjacency, values });
}
