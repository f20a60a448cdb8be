import { bucketsIn, readComposite } from "#lib/storage/elasticsearch/aggregation.ts";
import type { Cluster } from "#lib/storage/elasticsearch/cluster.ts";
import {
  journeySchema,
  kindOf,
  parseKindTerm,
  toJourneyRow,
  type JourneyDocument,
} from "#lib/storage/elasticsearch/journey-document.ts";
import { allOf, troubleCondition, type Condition } from "#lib/storage/elasticsearch/journey-query.ts";
import { isHashed } from "#lib/storage/elasticsearch/search-term.ts";
import type { TroubleCount, TroubleKind, TroubleQuery } from "#lib/storage/journey-index.ts";

/** Kinds named in one condition. */
const kindsPerRequest = 1_000;
/** More kinds than a cluster counts in one answer: of so many, the largest are looked at. */
const mostKinds = 50_000;

type Buckets = TroubleCount["buckets"];

interface KindBucket {
  readonly key: string;
  readonly doc_count: number;
  readonly first: { readonly value: number };
  readonly last: { readonly value: number };
}

/** The cluster counts kinds by their one term; one shard holds them all, so the counts are exact. */
export const countTrouble = async (
  cluster: Cluster,
  query: TroubleQuery,
  bucketMs: number | null,
  limit: number,
): Promise<readonly TroubleCount[]> => {
  const condition = troubleCondition(query);
  if (condition === null || limit < 1) return [];
  const found = await countKinds(cluster, condition, Math.min(limit, mostKinds));
  const kinds = await nameKinds(
    cluster,
    found.map(({ key }) => key),
  );
  const buckets =
    bucketMs === null
      ? new Map<string, Buckets>()
      : await countBuckets(
          cluster,
          condition,
          bucketMs,
          found.map(({ key }) => key),
        );
  return found.flatMap(({ key, doc_count: count, first, last }) => {
    const kind = kinds.get(key);
    // Its last journey healed since it was counted.
    if (kind === undefined) return [];
    return [{ kind, count, firstAt: first.value, lastAt: last.value, buckets: buckets.get(key) ?? [] }];
  });
};

const countKinds = async (cluster: Cluster, condition: Condition, size: number): Promise<readonly KindBucket[]> => {
  const { aggregations } = await cluster.search(cluster.aliasOf(journeySchema), {
    size: 0,
    track_total_hits: false,
    query: condition,
    aggs: {
      kinds: {
        terms: { field: "kind", size, order: [{ _count: "desc" }, { last: "desc" }] },
        aggs: { first: { min: { field: "since" } }, last: { max: { field: "since" } } },
      },
    },
  });
  return asKindBuckets(bucketsIn(aggregations, "kinds"));
};

/** A long kind is counted by a hash of it: what it is stands in any journey of it. */
const nameKinds = async (cluster: Cluster, terms: readonly string[]): Promise<ReadonlyMap<string, TroubleKind>> => {
  const named = new Map(terms.filter((term) => !isHashed(term)).map((term) => [term, parseKindTerm(term)]));
  const hashed = terms.filter(isHashed);
  for (let start = 0; start < hashed.length; start += kindsPerRequest) {
    const part = hashed.slice(start, start + kindsPerRequest);
    const { hits } = await cluster.search<Pick<JourneyDocument, "kind" | "body">>(cluster.aliasOf(journeySchema), {
      size: part.length,
      track_total_hits: false,
      _source: ["kind", "body"],
      query: allOf([{ terms: { kind: part } }]),
      collapse: { field: "kind" },
    });
    for (const { _source: source } of hits.hits) {
      if (source === undefined || source.kind === null) continue;
      const kind = kindOf(toJourneyRow(source));
      if (kind !== null) named.set(source.kind, kind);
    }
  }
  return named;
};

interface PlacedBucket {
  readonly key: { readonly kind: string; readonly at: number };
  readonly doc_count: number;
}

/** Read page by page, in order of kind and time: there may be more than the cluster puts into one answer. */
const countBuckets = async (
  cluster: Cluster,
  condition: Condition,
  bucketMs: number,
  kinds: readonly string[],
): Promise<ReadonlyMap<string, Buckets>> => {
  const counted = new Map<string, { at: number; count: number }[]>();
  for (let start = 0; start < kinds.length; start += kindsPerRequest) {
    const query = allOf([condition, { terms: { kind: kinds.slice(start, start + kindsPerRequest) } }]);
    for await (const bucket of readComposite(cluster, query, [
      { kind: { terms: { field: "kind" } } },
      { at: { histogram: { field: "since", interval: bucketMs } } },
    ])) {
      const { key, doc_count: count } = asPlacedBucket(bucket);
      const known = counted.get(key.kind);
      if (known === undefined) counted.set(key.kind, [{ at: key.at, count }]);
      else known.push({ at: key.at, count });
    }
  }
  return counted;
};

/** Of the terms that `countKinds` asks for. */
const asKindBuckets = (buckets: readonly unknown[]): readonly KindBucket[] => buckets as readonly KindBucket[];

/** Of the groups that `countBuckets` asks for. */
const asPlacedBucket = (bucket: unknown): PlacedBucket => bucket as PlacedBucket;
