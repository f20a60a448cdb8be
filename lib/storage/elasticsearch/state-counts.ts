import type { FlowId } from "#lib/id/id.ts";
import { journeyStates, type JourneyState } from "#lib/journey/judgement.ts";
import { bucketsIn, innerOf } from "#lib/storage/elasticsearch/aggregation.ts";
import type { Cluster } from "#lib/storage/elasticsearch/cluster.ts";
import { flowStateOf, journeySchema } from "#lib/storage/elasticsearch/journey-document.ts";
import type { Condition } from "#lib/storage/elasticsearch/journey-query.ts";

type StateCounts = ReadonlyMap<FlowId, Readonly<Record<JourneyState, number>>>;

interface TermBucket {
  readonly key: string;
  readonly doc_count: number;
}

/** Flow and state stand in one term: the cluster counts these terms from its index, those of hidden journeys are taken off. */
export const countStates = async (
  cluster: Cluster,
  flows: readonly FlowId[],
  hidden: Condition | null,
): Promise<StateCounts> => {
  if (flows.length === 0) return new Map();
  const byFlowState = countBy(flows);
  const { aggregations } = await cluster.search(cluster.aliasOf(journeySchema), {
    size: 0,
    track_total_hits: false,
    aggs: {
      all: byFlowState,
      ...(hidden !== null && { hidden: { filter: hidden, aggs: { states: byFlowState } } }),
    },
  });
  const counts = new Map<string, number>();
  for (const { key, doc_count: count } of asTermBuckets(bucketsIn(aggregations, "all"))) counts.set(key, count);
  for (const { key, doc_count: count } of asTermBuckets(bucketsIn(innerOf(aggregations, "hidden"), "states"))) {
    counts.set(key, (counts.get(key) ?? 0) - count);
  }
  return byFlow(flows, counts);
};

/** Of the journeys that fit. */
export const countStatesOf = async (
  cluster: Cluster,
  flows: readonly FlowId[],
  query: Condition,
): Promise<StateCounts> => {
  if (flows.length === 0) return new Map();
  const { aggregations } = await cluster.search(cluster.aliasOf(journeySchema), {
    size: 0,
    track_total_hits: false,
    query,
    aggs: { all: countBy(flows) },
  });
  const buckets = asTermBuckets(bucketsIn(aggregations, "all"));
  return byFlow(flows, new Map(buckets.map(({ key, doc_count: count }) => [key, count])));
};

const countBy = (flows: readonly FlowId[]) => {
  const include = [...new Set(flows)].flatMap((flow) => journeyStates.map((state) => flowStateOf(flow, state)));
  return { terms: { field: "flowState", size: include.length, include } };
};

const byFlow = (flows: readonly FlowId[], counts: ReadonlyMap<string, number>): StateCounts => {
  const of = (flow: FlowId, state: JourneyState): number => counts.get(flowStateOf(flow, state)) ?? 0;
  return new Map(
    flows.map((flow) => [
      flow,
      {
        in_progress: of(flow, "in_progress"),
        completed: of(flow, "completed"),
        completed_late: of(flow, "completed_late"),
        overdue: of(flow, "overdue"),
        failed: of(flow, "failed"),
        unknown: of(flow, "unknown"),
      },
    ]),
  );
};

/** Of the terms that `countBy` asks for. */
const asTermBuckets = (buckets: readonly unknown[]): readonly TermBucket[] => buckets as readonly TermBucket[];
