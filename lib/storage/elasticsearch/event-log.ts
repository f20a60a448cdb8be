import type { StoredEvent } from "#lib/event/hop-event.ts";
import { type Key, toKeyId } from "#lib/key/key.ts";
import type { Cluster } from "#lib/storage/elasticsearch/cluster.ts";
import { createDailyIndices, type DailyIndices, dayMs } from "#lib/storage/elasticsearch/daily-indices.ts";
import { claimSchema } from "#lib/storage/elasticsearch/day-claims.ts";
import { eventSchema } from "#lib/storage/elasticsearch/event-document.ts";
import { eventIdOf } from "#lib/storage/elasticsearch/event-id.ts";
import { EventIntake } from "#lib/storage/elasticsearch/event-intake.ts";
import { placeOf } from "#lib/storage/elasticsearch/event-place.ts";
import { searchEvents } from "#lib/storage/elasticsearch/event-search.ts";
import { forgetEvents } from "#lib/storage/elasticsearch/forget-events.ts";
import { listFailed } from "#lib/storage/elasticsearch/list-failed.ts";
import { listWriters, scanAfter } from "#lib/storage/elasticsearch/writer-events.ts";
import type {
  AcceptItem,
  AcceptResult,
  Arrivals,
  EventLog,
  EventPosition,
  FailedEvent,
  FailedEventQuery,
  ForgottenEvents,
  Forgetting,
  PositionedEvent,
} from "#lib/storage/event-log.ts";

interface EventLogOptions {
  readonly cluster: Cluster;
  /** Of this opening: see toWriterId. */
  readonly writer: string;
  readonly now: () => number;
}

/** Key ids of one terms query; Elasticsearch takes 65,536. */
const keysPerTerms = 30_000;

/** What was seen, a document an event in an index a day; see "Events" in the README beside this. */
export class ElasticsearchEventLog implements EventLog {
  readonly arrivals: Arrivals;
  readonly #cluster: Cluster;
  readonly #days: DailyIndices;
  readonly #claims: DailyIndices;
  readonly #intake: EventIntake;
  readonly #now: () => number;

  constructor({ cluster, writer, now }: EventLogOptions) {
    const days = createDailyIndices(cluster, eventSchema);
    const intake = new EventIntake({ cluster, days, writer, now });
    this.#cluster = cluster;
    this.#days = days;
    this.#claims = createDailyIndices(cluster, claimSchema);
    this.#intake = intake;
    this.#now = now;
    this.arrivals = {
      writer,
      listWriters: (since) => listWriters(cluster, since),
      scanAfter: (after, limit) => scanAfter(cluster, after, limit),
      takeUp: () => intake.takeUp(),
    };
  }

  async accept(items: readonly AcceptItem[], withinMs?: number): Promise<AcceptResult> {
    return await this.#intake.accept(items, withinMs);
  }

  async listByKeys(keys: readonly Key[], limit: number): Promise<readonly StoredEvent[]> {
    return (await this.pageByKeys(keys, null, limit)).map(({ event }) => event);
  }

  async pageByKeys(
    keys: readonly Key[],
    before: EventPosition | null,
    limit: number,
  ): Promise<readonly PositionedEvent[]> {
    const from = before === null ? null : placeOf(before);
    if (keys.length === 0) return [];
    return await searchEvents(this.#cluster, { query: carriesAny(keys), order: "desc", from, limit });
  }

  async find(source: string, id: string): Promise<StoredEvent | null> {
    const query = { ids: { values: [eventIdOf(source, id)] } };
    const [first] = await searchEvents(this.#cluster, { query, order: "asc", from: null, limit: 1 });
    return first?.event ?? null;
  }

  async scan(after: EventPosition | null, limit: number): Promise<readonly PositionedEvent[]> {
    const from = after === null ? null : placeOf(after);
    return await searchEvents(this.#cluster, { query: { match_all: {} }, order: "asc", from, limit });
  }

  async listNewest(limit: number): Promise<readonly StoredEvent[]> {
    const newest = await searchEvents(this.#cluster, { query: { match_all: {} }, order: "desc", from: null, limit });
    return newest.map(({ event }) => event);
  }

  async listFailed(query: FailedEventQuery, limit: number): Promise<readonly FailedEvent[]> {
    return await listFailed(this.#cluster, query, limit);
  }

  async countAll(): Promise<number> {
    const { hits } = await this.#cluster.search(this.#cluster.aliasOf(eventSchema), {
      size: 0,
      track_total_hits: true,
    });
    return typeof hits.total === "number" ? hits.total : (hits.total?.value ?? 0);
  }

  async forget({ keys, sources }: Forgetting): Promise<ForgottenEvents> {
    if (keys.length === 0 || sources.length === 0) return { count: 0, keys: [] };
    return await forgetEvents(this.#cluster, {
      bool: { filter: [carriesAny(keys), { terms: { source: [...sources] } }] },
    });
  }

  async expire(before: number): Promise<number> {
    let count = 0;
    for (const index of await this.#days.list())
      if (index.day + dayMs <= before) count += await this.#days.remove(index);
    // Nobody asks for the claims of a midnight that is a day ago.
    for (const index of await this.#claims.list())
      if (index.day + dayMs <= this.#now()) await this.#claims.remove(index);
    return count;
  }
}

const carriesAny = (keys: readonly Key[]) => {
  const ids = [...new Set<string>(keys.map(toKeyId))];
  const parts = Array.from({ length: Math.ceil(ids.length / keysPerTerms) }, (_, part) =>
    ids.slice(part * keysPerTerms, (part + 1) * keysPerTerms),
  );
  return { bool: { filter: [{ bool: { should: parts.map((part) => ({ terms: { keys: part } })) } }] } };
};
