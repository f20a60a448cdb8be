import type { FlowId } from "#lib/id/id.ts";
import { skewWindow } from "#lib/latency/exactness.ts";
import { narrowestWidth } from "#lib/latency/sketch-span.ts";
import type { Cluster } from "#lib/storage/elasticsearch/cluster.ts";
import { allOf, isOfFlow } from "#lib/storage/elasticsearch/journey-query.ts";
import type { LatencyMarks } from "#lib/storage/elasticsearch/latency-mark.ts";
import { readLatency, readWindows } from "#lib/storage/elasticsearch/latency-read.ts";
import { createLatencySettling } from "#lib/storage/elasticsearch/latency-settling.ts";
import { readSketches } from "#lib/storage/elasticsearch/latency-window.ts";
import { toTerm } from "#lib/storage/elasticsearch/search-term.ts";
import type { Measures } from "#lib/storage/measures.ts";

/** A thousand latencies lie in few windows of a busy hop, and in very many of a quiet one. */
const windowsAtFirst = 8;
const windowsPerSearch = 100;
/** Of the five seconds that an answer of a cluster may lag. */
const lagMs = 4_000;

/** Latencies from windows that are always calculated anew from the journeys, never counted up or down (README). */
export const createMeasures = (cluster: Cluster, marks: LatencyMarks, now: () => number): Measures => {
  const settling = createLatencySettling(cluster, marks, now);
  return {
    lagMs,
    async latency(query) {
      return await readLatency(cluster, settling, query);
    },
    async negativeLatencies(flow, hop) {
      // Only where the newest thousand lie. What others have written is calculated by the watching worker: a record is not to wait for that.
      let newest = await readNegatives(cluster, flow, hop);
      for (let since = Infinity; newest.since < since; newest = await readNegatives(cluster, flow, hop)) {
        since = newest.since;
        if (!(await settling.settleOwn(flow, { from: since, to: Infinity }))) break;
      }
      return newest.latencies;
    },
    async settle(limit) {
      return await settling.settle(limit);
    },
  };
};

/** Of the newest thousand latencies the negative ones, and the start of the window that the oldest of the thousand lies in. */
const readNegatives = async (
  cluster: Cluster,
  flow: FlowId,
  hop: string,
): Promise<{ readonly latencies: readonly number[]; readonly since: number }> => {
  const latencies: number[] = [];
  let newer = 0;
  const ofHop = allOf([
    isOfFlow(flow),
    { range: { width: { gte: narrowestWidth, lte: narrowestWidth } } },
    { term: { hops: toTerm(hop) } },
  ]);
  for await (const { at, sketches } of readWindows(cluster, ofHop, "desc", {
    first: windowsAtFirst,
    further: windowsPerSearch,
  })) {
    const own = readSketches({ sketches }, (name) => name === hop).get(hop);
    if (own === undefined) continue;
    for (const [place, latencyMs] of own.negatives) if (newer + place < skewWindow) latencies.push(latencyMs);
    newer += own.sketch.count + own.sketch.skewedCount;
    if (newer >= skewWindow) return { latencies, since: at };
  }
  return { latencies, since: -Infinity };
};
