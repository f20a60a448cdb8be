import type { estypes } from "@elastic/elasticsearch";
import type { Cluster } from "#lib/storage/elasticsearch/cluster.ts";
import { journeySchema } from "#lib/storage/elasticsearch/journey-document.ts";
import type { Condition } from "#lib/storage/elasticsearch/journey-query.ts";

const bucketsPerRequest = 10_000;

/** Every group of the journeys that fit, page by page in order of the groups: there may be more than the cluster puts into one answer. */
export async function* readComposite(
  cluster: Cluster,
  query: Condition,
  sources: readonly Record<string, estypes.AggregationsCompositeAggregationSource>[],
  aggs: Record<string, estypes.AggregationsAggregationContainer> = {},
): AsyncIterable<unknown> {
  let after: estypes.AggregationsCompositeAggregateKey | undefined;
  do {
    const { aggregations } = await cluster.search(cluster.aliasOf(journeySchema), {
      size: 0,
      track_total_hits: false,
      query,
      aggs: {
        groups: {
          composite: { size: bucketsPerRequest, sources: [...sources], ...(after !== undefined && { after }) },
          ...(Object.keys(aggs).length > 0 && { aggs }),
        },
      },
    });
    const buckets = bucketsIn(aggregations, "groups");
    yield* buckets;
    after = buckets.length < bucketsPerRequest ? undefined : asAnswer(aggregations)["groups"]?.after_key;
  } while (after !== undefined);
}

/** Buckets of one of the aggregations that were asked for. */
export const bucketsIn = (aggregations: unknown, name: string): readonly unknown[] =>
  asAnswer(aggregations)[name]?.buckets ?? [];

/** The number of a single-valued one; null where no document had a value. */
export const numberIn = (aggregations: unknown, name: string, member: "value" | "doc_count" = "value"): number | null =>
  asAnswer(aggregations)[name]?.[member] ?? null;

/** One inside another. */
export const innerOf = (aggregations: unknown, name: string): unknown => asAnswer(aggregations)[name];

interface Aggregate {
  readonly buckets?: readonly unknown[];
  readonly after_key?: estypes.AggregationsCompositeAggregateKey;
  readonly value?: number | null;
  readonly doc_count?: number;
}

/** The cluster answers every aggregation under its name, with these members where its kind has them; none where there is no index. */
const asAnswer = (aggregations: unknown): Readonly<Record<string, Aggregate | undefined>> =>
  (aggregations ?? {}) as Readonly<Record<string, Aggregate | undefined>>;
