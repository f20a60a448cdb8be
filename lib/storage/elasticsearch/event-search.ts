import type { estypes } from "@elastic/elasticsearch";
import type { Cluster, SearchBody, SearchQuery } from "#lib/storage/elasticsearch/cluster.ts";
import { type EventDocument, eventFrom, eventSchema } from "#lib/storage/elasticsearch/event-document.ts";
import { type EventPlace, toPosition } from "#lib/storage/elasticsearch/event-place.ts";
import type { PositionedEvent } from "#lib/storage/event-log.ts";

interface EventQuery {
  readonly query: SearchQuery;
  readonly order: "asc" | "desc";
  /** Only those behind it in this order. */
  readonly from: EventPlace | null;
  readonly limit: number;
}

/** Events of one page: their texts are held twice while it is read. */
const eventsPerPage = 2_000;

/** Events in order of arrival, each once, as many as are wanted. */
export async function searchEvents(cluster: Cluster, wanted: EventQuery): Promise<readonly PositionedEvent[]> {
  const found = new Map<string, PositionedEvent>();
  for await (const hits of pagesOf<Pick<EventDocument, "kept">>(cluster, wanted, ["kept"])) {
    for (const { _id = "", _source, sort } of hits) {
      if (_source === undefined || found.size >= wanted.limit || found.has(_id)) continue;
      const place = placeIn(sort);
      const { writer, sequence } = place;
      found.set(_id, {
        position: toPosition(place),
        event: eventFrom(_source.kept),
        arrival: { writer, sequence },
      });
    }
    if (found.size >= wanted.limit) break;
  }
  return [...found.values()];
}

async function* pagesOf<Source>(
  cluster: Cluster,
  { query, order, from, limit }: EventQuery,
  fields: string[],
): AsyncGenerator<readonly estypes.SearchHit<Source>[]> {
  let after = from === null ? undefined : [from.arrivedAt, from.writer, from.sequence];
  const size = Math.min(limit, eventsPerPage);
  if (size <= 0) return;
  for (;;) {
    const body: SearchBody = {
      query,
      size,
      sort: [{ arrivedAt: order }, { writer: order }, { sequence: order }],
      track_total_hits: false,
      _source: fields,
      ...(after === undefined ? {} : { search_after: after }),
    };
    const { hits } = await cluster.search<Source>(cluster.aliasOf(eventSchema), body);
    yield hits.hits;
    const last = hits.hits.at(-1);
    if (last === undefined || hits.hits.length < size) return;
    const { arrivedAt, writer, sequence } = placeIn(last.sort);
    after = [arrivedAt, writer, sequence];
  }
}

/** The values that events are sorted by. */
const placeIn = (sort: estypes.SortResults | undefined): EventPlace => {
  const [arrivedAt, writer, sequence] = sort ?? [];
  return { arrivedAt: Number(arrivedAt), writer: String(writer), sequence: Number(sequence) };
};
