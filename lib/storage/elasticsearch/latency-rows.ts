import type { FlowId } from "#lib/id/id.ts";
import { latenciesOf } from "#lib/latency/journey-latencies.ts";
import type { Cluster } from "#lib/storage/elasticsearch/cluster.ts";
import { type JourneyDocument, journeySchema, toJourneyRow } from "#lib/storage/elasticsearch/journey-document.ts";
import { allOf, type Condition, isOfFlow } from "#lib/storage/elasticsearch/journey-query.ts";
import type { HopLatency } from "#lib/storage/journey-index.ts";

const rowsPerSearch = 5_000;

/** Every latency of the journeys that have one in these windows, page by page; also those that lie in other windows. */
export async function* readLatencies(
  cluster: Cluster,
  flow: FlowId,
  windows: readonly number[],
): AsyncIterable<HopLatency> {
  let after: string | undefined;
  do {
    const { hits } = await cluster.search<Pick<JourneyDocument, "body">>(cluster.aliasOf(journeySchema), {
      query: hasLatencyIn(flow, windows),
      size: rowsPerSearch,
      // A row that moves meanwhile was marked again: no place in this order depends on others.
      sort: [{ primary: "asc" }],
      track_total_hits: false,
      _source: ["body"],
      ...(after !== undefined && { search_after: [after] }),
    });
    for (const { _source: source } of hits.hits) if (source !== undefined) yield* latenciesOf(toJourneyRow(source));
    const last: unknown = hits.hits.at(-1)?.sort?.[0];
    after = hits.hits.length === rowsPerSearch && typeof last === "string" ? last : undefined;
  } while (after !== undefined);
}

/** How many journeys have a latency in these windows, up to `limit`. */
export const countRows = async (
  cluster: Cluster,
  flow: FlowId,
  windows: readonly number[],
  limit: number,
): Promise<number> => {
  const { hits } = await cluster.search(cluster.aliasOf(journeySchema), {
    query: hasLatencyIn(flow, windows),
    size: 0,
    track_total_hits: limit,
  });
  return typeof hits.total === "number" ? hits.total : (hits.total?.value ?? 0);
};

const hasLatencyIn = (flow: FlowId, windows: readonly number[]): Condition =>
  allOf([isOfFlow(flow), { terms: { windows: [...windows] } }]);
