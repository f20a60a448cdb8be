import type { Cluster } from "#lib/storage/elasticsearch/cluster.ts";
import { install } from "#lib/storage/elasticsearch/install.ts";
import type { RowChange } from "#lib/storage/elasticsearch/journey-rows.ts";
import {
  createJourneyStorage,
  journeySchemas,
  type JourneyStorage,
} from "#lib/storage/elasticsearch/journey-storage.ts";
import type { JourneyId } from "#lib/storage/journey-index.ts";

export const installJourneys = async (cluster: Cluster): Promise<void> => install(cluster, journeySchemas);

interface JourneyStore extends Pick<JourneyStorage, "journeys" | "measures" | "listArrivedBefore"> {
  /** The journeys that another had written since they were read. */
  write(change: Partial<RowChange>): Promise<readonly JourneyId[]>;
}

/** One process that writes journeys and reads them, by itself: no key leads to any. */
export const openJourneyStore = (cluster: Cluster, now: () => number): JourneyStore => {
  const paths = { list: async () => [], primaryTypes: async () => [], besides: async () => new Map() };
  const { journeys, measures, listArrivedBefore, readRows, writeRows } = createJourneyStorage({ cluster, paths, now });
  return {
    journeys,
    measures,
    listArrivedBefore,
    async write({ journeys: rows = [], removed = [] }) {
      const change = { journeys: rows, removed };
      return (await writeRows(change, await readRows([...rows, ...removed]))).conflicts;
    },
  };
};
