import type { estypes } from "@elastic/elasticsearch";
import type { Cluster } from "#lib/storage/elasticsearch/cluster.ts";
import { type EventDocument, eventFrom, eventSchema } from "#lib/storage/elasticsearch/event-document.ts";
import { toPosition } from "#lib/storage/elasticsearch/event-place.ts";
import type { Arrival, PositionedEvent } from "#lib/storage/event-log.ts";

const writersPerPage = 1_000;
const eventsPerPage = 2_000;

interface WriterBuckets {
  readonly writers: {
    readonly buckets: readonly {
      readonly key: { readonly writer: string };
      readonly last: { readonly value: number | null };
    }[];
    readonly after_key?: Record<string, estypes.FieldValue>;
  };
}

/** The last event of each writer that took any in since `since`. */
export async function listWriters(cluster: Cluster, since: number): Promise<readonly Arrival[]> {
  const found: Arrival[] = [];
  for (let after: Record<string, estypes.FieldValue> | undefined; ;) {
    const answer = await cluster.search(cluster.aliasOf(eventSchema), {
      size: 0,
      track_total_hits: false,
      query: { range: { arrivedAt: { gte: since } } },
      aggs: {
        writers: {
          composite: {
            size: writersPerPage,
            sources: [{ writer: { terms: { field: "writer" } } }],
            ...(after === undefined ? {} : { after }),
          },
          aggs: { last: { max: { field: "sequence" } } },
        },
      },
    });
    const writers = writersIn(answer.aggregations);
    for (const { key, last } of writers?.buckets ?? []) found.push({ writer: key.writer, sequence: last.value ?? 0 });
    after = writers?.after_key;
    if (writers === undefined || writers.buckets.length < writersPerPage) return found;
  }
}

/** Asked for as above. */
const writersIn = (answer: unknown): WriterBuckets["writers"] | undefined =>
  (answer as WriterBuckets | undefined)?.writers;

/** Events of one writer behind one of its own, in order of sequence. */
export async function scanAfter(cluster: Cluster, after: Arrival, limit: number): Promise<readonly PositionedEvent[]> {
  const found: PositionedEvent[] = [];
  let from = after.sequence;
  while (found.length < limit) {
    const size = Math.min(limit - found.length, eventsPerPage);
    const { hits } = await cluster.search<EventDocument>(cluster.aliasOf(eventSchema), {
      query: { bool: { filter: [{ term: { writer: after.writer } }, { range: { sequence: { gt: from } } }] } },
      sort: [{ sequence: "asc" }],
      size,
      track_total_hits: false,
      _source: ["kept", "arrivedAt", "writer", "sequence"],
    });
    for (const { _source } of hits.hits) {
      if (_source === undefined) continue;
      const { writer, sequence } = _source;
      from = sequence;
      found.push({ position: toPosition(_source), event: eventFrom(_source.kept), arrival: { writer, sequence } });
    }
    if (hits.hits.length < size) break;
  }
  return found;
}
