import type { estypes } from "@elastic/elasticsearch";
import type { Cluster } from "#lib/storage/elasticsearch/cluster.ts";
import { type EventDocument, eventSchema, failedFrom } from "#lib/storage/elasticsearch/event-document.ts";
import type { FailedEvent, FailedEventQuery } from "#lib/storage/event-log.ts";

const eventsPerPage = 5_000;

/** Failed events of flows, newest event time first; an event that failed in several flows counts in each. */
export async function listFailed(
  cluster: Cluster,
  { flows, from, to }: FailedEventQuery,
  limit: number,
): Promise<readonly FailedEvent[]> {
  const found: FailedEvent[] = [];
  if (flows.length === 0) return found;
  const size = Math.min(limit, eventsPerPage);
  for (let after: estypes.SortResults | undefined; found.length < limit;) {
    const { hits } = await cluster.search<Pick<EventDocument, "failed">>(cluster.aliasOf(eventSchema), {
      query: {
        bool: { filter: [{ terms: { failedFlows: [...flows] } }, { range: { failedAt: { gte: from, lt: to } } }] },
      },
      sort: [{ failedAt: "desc" }, { arrivedAt: "desc" }, { writer: "desc" }, { sequence: "desc" }],
      size,
      track_total_hits: false,
      _source: ["failed"],
      ...(after === undefined ? {} : { search_after: after }),
    });
    for (const { _source } of hits.hits) {
      const failed = _source?.failed === undefined ? [] : failedFrom(_source.failed);
      found.push(...failed.filter(({ flow }) => flows.includes(flow)));
    }
    after = hits.hits.at(-1)?.sort;
    if (hits.hits.length < size || after === undefined) break;
  }
  return found.slice(0, limit);
}
