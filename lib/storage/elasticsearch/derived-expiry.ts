import type { Cluster, SearchQuery } from "#lib/storage/elasticsearch/cluster.ts";
import type { IndexSchema } from "#lib/storage/elasticsearch/index-schema.ts";
import { toJourneyRow } from "#lib/storage/elasticsearch/journey-document.ts";
import type { JourneyStorage } from "#lib/storage/elasticsearch/journey-storage.ts";
import { keySchema } from "#lib/storage/elasticsearch/key-document.ts";
import {
  adjacencyIn,
  type LinkDocument,
  linkSchema,
  toLinkDocument,
} from "#lib/storage/elasticsearch/link-document.ts";
import { type Gone, gone, mergeDocuments } from "#lib/storage/elasticsearch/merge-documents.ts";
import { progressSchema } from "#lib/storage/elasticsearch/progress.ts";
import type { SharedUnits } from "#lib/storage/elasticsearch/units.ts";
import { dayMs, keptDayOf } from "#lib/storage/kept-day.ts";

interface ExpiryOptions {
  readonly cluster: Cluster;
  readonly units: Pick<SharedUnits, "expire">;
  readonly journeys: Pick<JourneyStorage, "listArrivedBefore" | "readRows" | "writeRows">;
}

export interface DerivedExpiry {
  /** Forgets a slice of what last arrived before the day of `before`; true when nothing is left. */
  next(before: number): Promise<boolean>;
}

const rowsPerSlice = 1_000;
const documentsPerSlice = 10_000;
const linksPerSlice = 500;

/** By whole days of the newest arrival, as the embedded store has it. Each slice is over what it read: what changes meanwhile stays. */
export function createDerivedExpiry({ cluster, units, journeys }: ExpiryOptions): DerivedExpiry {
  const forgetJourneys = async (before: number): Promise<boolean> => {
    const ids = await journeys.listArrivedBefore(before, rowsPerSlice);
    // As they are by now: one may just have got an event, or get it before it is taken away.
    const reading = await journeys.readRows(ids);
    const removed = [...reading.values()]
      .flatMap((document) => (document === null ? [] : toJourneyRow(document.source)))
      .filter(({ newestIngestedAt }) => newestIngestedAt < before);
    await journeys.writeRows({ journeys: [], removed }, reading);
    return ids.length > 0;
  };

  const forgetLinks = async (day: number): Promise<boolean> => {
    if (await deleteSlice(linkSchema, { range: { newestDay: { lt: day } } })) return true;
    const index = cluster.indexOf(linkSchema);
    const { hits } = await cluster.search(index, {
      query: { range: { oldestDay: { lt: day } } },
      size: linksPerSlice,
      track_total_hits: false,
      _source: false,
    });
    const withoutOld = (document: LinkDocument | null): LinkDocument | Gone | null => {
      if (document === null) return null;
      const adjacency = adjacencyIn(document);
      const values = adjacency.values.filter(([, last]) => last >= day);
      if (values.length === adjacency.values.length) return null;
      return values.length === 0 ? gone : toLinkDocument({ ...adjacency, values });
    };
    await mergeDocuments(cluster, index, new Map(hits.hits.map(({ _id = "" }) => [_id, withoutOld])));
    return hits.hits.length > 0;
  };

  const deleteSlice = async (schema: IndexSchema, query: SearchQuery): Promise<boolean> => {
    const index = cluster.indexOf(schema);
    await cluster.refresh(index);
    const { total = 0 } = await cluster.call(`forget what is old in ${index}`, (client) =>
      client.deleteByQuery({ index, query, max_docs: documentsPerSlice, conflicts: "proceed", refresh: true }),
    );
    return total > 0;
  };

  return {
    async next(before) {
      const day = keptDayOf(before);
      const start = day * dayMs;
      if (await forgetJourneys(start)) return false;
      if (await units.expire(start)) return false;
      if (await forgetLinks(day)) return false;
      if (await deleteSlice(keySchema, { range: { day: { lt: day } } })) return false;
      return !(await deleteSlice(progressSchema, { range: { arrivedAt: { lt: start } } }));
    },
  };
}
