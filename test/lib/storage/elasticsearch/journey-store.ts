import type { Cluster } from "#lib/storage/elasticsearch/cluster.ts";
import { install } from "#lib/storage/elasticsearch/install.ts";
import { journeySchema } from "#lib/storage/elasticsearch/journey-document.ts";
import { createJourneyIndex } from "#lib/storage/elasticsearch/journey-index.ts";
import { readRows, type RowChange, writeRows } from "#lib/storage/elasticsearch/journey-rows.ts";
import { createLatencyMarks, latencyMarkSchema } from "#lib/storage/elasticsearch/latency-mark.ts";
import { latencyValuesSchema, latencyWindowSchema } from "#lib/storage/elasticsearch/latency-window.ts";
import { createMeasures } from "#lib/storage/elasticsearch/measures.ts";
import type { JourneyId, JourneyIndex } from "#lib/storage/journey-index.ts";
import type { Measures } from "#lib/storage/measures.ts";

export const installJourneys = async (cluster: Cluster): Promise<void> =>
  install(cluster, [journeySchema, latencyMarkSchema, latencyWindowSchema, latencyValuesSchema]);

interface JourneyStore {
  readonly journeys: JourneyIndex;
  readonly measures: Measures;
  /** The journeys that another had written since they were read. */
  write(change: Partial<RowChange>): Promise<readonly JourneyId[]>;
}

/** One process that writes journeys and reads them, by itself: no key leads to any. */
export const openJourneyStore = (cluster: Cluster, now: () => number): JourneyStore => {
  const marks = createLatencyMarks(cluster, now);
  return {
    journeys: createJourneyIndex(cluster, {
      list: async () => [],
      primaryTypes: async () => [],
      besides: async () => new Map(),
    }),
    measures: createMeasures(cluster, marks, now),
    async write({ journeys = [], removed = [] }) {
      const reading = await readRows(cluster, [...journeys, ...removed]);
      return (await writeRows(cluster, marks, { journeys, removed }, reading)).conflicts;
    },
  };
};
