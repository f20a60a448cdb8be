import type { Cluster } from "#lib/storage/elasticsearch/cluster.ts";
import type { IndexSchema } from "#lib/storage/elasticsearch/index-schema.ts";
import { journeySchema } from "#lib/storage/elasticsearch/journey-document.ts";
import { createJourneyIndex } from "#lib/storage/elasticsearch/journey-index.ts";
import type { KeyPaths } from "#lib/storage/elasticsearch/journey-key-search.ts";
import {
  listArrivedBefore,
  readRows,
  type RowChange,
  type RowReading,
  type RowsWritten,
  writeRows,
} from "#lib/storage/elasticsearch/journey-rows.ts";
import { createLatencyMarks, latencyMarkSchema } from "#lib/storage/elasticsearch/latency-mark.ts";
import { latencyValuesSchema, latencyWindowSchema } from "#lib/storage/elasticsearch/latency-window.ts";
import { createMeasures } from "#lib/storage/elasticsearch/measures.ts";
import type { JourneyId, JourneyIndex } from "#lib/storage/journey-index.ts";
import type { Measures } from "#lib/storage/measures.ts";

/** Every index of judged journeys and of what is calculated from them. */
export const journeySchemas: readonly IndexSchema[] = [
  journeySchema,
  latencyMarkSchema,
  latencyWindowSchema,
  latencyValuesSchema,
];

/** One process's door to the judged journeys: to read them, and for the projection to write them. */
export interface JourneyStorage {
  readonly journeys: JourneyIndex;
  readonly measures: Measures;
  /** Which writing of each row is there now; real-time. To be asked before anything is read that rows are judged from. */
  readRows(ids: readonly JourneyId[]): Promise<RowReading>;
  /** Those whose newest event arrived before `before`, oldest first, for retention to take away. */
  listArrivedBefore(before: number, limit: number): Promise<readonly JourneyId[]>;
  /** Over the rows that were read; see `journey-rows.ts`. */
  writeRows(change: RowChange, reading: RowReading): Promise<RowsWritten>;
}

interface JourneyStorageOptions {
  readonly cluster: Cluster;
  readonly paths: KeyPaths;
  readonly now: () => number;
}

export const createJourneyStorage = ({ cluster, paths, now }: JourneyStorageOptions): JourneyStorage => {
  const marks = createLatencyMarks(cluster, now);
  return {
    journeys: createJourneyIndex(cluster, paths),
    measures: createMeasures(cluster, marks, now),
    listArrivedBefore: async (before, limit) => await listArrivedBefore(cluster, before, limit),
    readRows: async (ids) => await readRows(cluster, ids),
    writeRows: async (change, reading) => await writeRows(cluster, marks, change, reading),
  };
};
