import { latenciesOf } from "#lib/latency/journey-latencies.ts";
import { percentileOf } from "#lib/latency/percentile.ts";
import type { JourneyRow } from "#lib/storage/journey-index.ts";
import type { LatencyBucket, LatencyQuery } from "#lib/storage/measures.ts";

/** What a reader of all journeys would calculate. */
export const naiveLatency = (rows: readonly JourneyRow[], query: LatencyQuery): readonly LatencyBucket[] => {
  const { flow, from, to, bucketMs } = query;
  const latencies = rows
    .filter((row) => row.flow === flow)
    .flatMap(latenciesOf)
    .filter(({ hop, at }) => at >= from && at < to && (query.hop === undefined || query.hop === hop));
  return [...new Set(latencies.map(({ hop }) => hop))].toSorted().flatMap((hop) => {
    const own = latencies.filter((latency) => latency.hop === hop);
    const bucketOf = (at: number): number => (bucketMs === undefined ? from : Math.floor(at / bucketMs) * bucketMs);
    return [...new Set(own.map(({ at }) => bucketOf(at)))]
      .toSorted((a, b) => a - b)
      .map((at) => {
        const all = own.filter((latency) => bucketOf(latency.at) === at).map(({ latencyMs }) => latencyMs);
        const sorted = all.filter((latencyMs) => latencyMs >= 0).toSorted((a, b) => a - b);
        return {
          hop,
          at,
          count: sorted.length,
          skewedCount: all.length - sorted.length,
          p50Ms: percentileOf(sorted, 0.5),
          p95Ms: percentileOf(sorted, 0.95),
          p99Ms: percentileOf(sorted, 0.99),
          exact: true,
        };
      });
  });
};
