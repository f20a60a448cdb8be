import type { Cluster } from "#lib/storage/elasticsearch/cluster.ts";
import { placeOf, toPosition } from "#lib/storage/elasticsearch/event-place.ts";
import { type IndexSchema, keyword, long } from "#lib/storage/elasticsearch/index-schema.ts";
import { mergeDocuments } from "#lib/storage/elasticsearch/merge-documents.ts";
import type { Arrival, EventPosition } from "#lib/storage/event-log.ts";

/** How far the events of each writer are in the journeys: a document a writer, so that none waits for another. */
export const progressSchema: IndexSchema = {
  name: "progress",
  version: 1,
  span: "one",
  properties: { writer: keyword, sequence: long, arrivedAt: long },
};

interface ProgressDocument {
  readonly writer: string;
  readonly sequence: number;
  /** Of the last event that is in. */
  readonly arrivedAt: number;
}

export interface Progress {
  /** Never back: two that finish the same dead writer's work may come in either order. */
  advance(position: EventPosition): Promise<void>;
  list(): Promise<readonly Arrival[]>;
  /** Of the newest event that is in, whoever took it in. */
  newest(): Promise<EventPosition | null>;
}

const writersPerPage = 5_000;

export function createProgress(cluster: Cluster): Progress {
  const index = cluster.indexOf(progressSchema);
  const read = async (): Promise<readonly ProgressDocument[]> => {
    // Others' as well.
    await cluster.refresh(index);
    const found: ProgressDocument[] = [];
    for (;;) {
      const last = found.at(-1);
      const { hits } = await cluster.search<ProgressDocument>(index, {
        query: { match_all: {} },
        size: writersPerPage,
        sort: [{ writer: "asc" }],
        track_total_hits: false,
        ...(last === undefined ? {} : { search_after: [last.writer] }),
      });
      for (const { _source } of hits.hits) if (_source !== undefined) found.push(_source);
      if (hits.hits.length < writersPerPage) return found;
    }
  };
  return {
    async advance(position) {
      const place = placeOf(position);
      await mergeDocuments<ProgressDocument>(
        cluster,
        index,
        new Map([[place.writer, (kept) => (kept !== null && kept.sequence >= place.sequence ? null : { ...place })]]),
      );
    },
    async list() {
      return (await read()).map(({ writer, sequence }) => ({ writer, sequence }));
    },
    async newest() {
      const [first, ...others] = await read();
      if (first === undefined) return null;
      const isLater = (a: ProgressDocument, b: ProgressDocument): boolean =>
        a.arrivedAt === b.arrivedAt ? a.writer > b.writer : a.arrivedAt > b.arrivedAt;
      return toPosition(others.reduce((newest, each) => (isLater(each, newest) ? each : newest), first));
    },
  };
}
