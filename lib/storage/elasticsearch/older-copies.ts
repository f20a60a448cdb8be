import type { Entry } from "#lib/storage/elasticsearch/accept-batch.ts";
import type { Cluster, KeptDocument } from "#lib/storage/elasticsearch/cluster.ts";
import { type DailyIndex, type DailyIndices, dayMs, dayOf } from "#lib/storage/elasticsearch/daily-indices.ts";
import { type EventDocument, eventSchema } from "#lib/storage/elasticsearch/event-document.ts";

/** What tells whose document of an event it is, and of which content. */
export type EventMark = Pick<EventDocument, "writer" | "sequence" | "contentHash">;
export const markFields = ["writer", "sequence", "contentHash"];

interface Placed extends Entry {
  /** Where it is to be written. */
  readonly index: string;
}

interface OlderCopies {
  /** Copies that stand in the index of another day than the one an event is about to be written to. */
  find(entries: readonly Placed[]): Promise<ReadonlyMap<string, KeptDocument<EventMark>>>;
}

/** Ids asked in one search; a search finds at most 10,000. */
const idsPerSearch = 5_000;

/**
 * Days that somebody may be writing to at this moment (the one before and after, and those around today) are asked by id, which is
 * real-time. All others are settled, and are asked in one search.
 */
export function createOlderCopies({
  cluster,
  days,
  now,
}: {
  readonly cluster: Cluster;
  readonly days: DailyIndices;
  readonly now: () => number;
}): OlderCopies {
  const alias = cluster.aliasOf(eventSchema);
  /** Settled indices that this process has written to since they were searched. */
  const unseen = new Set<string>();

  const findSettled = async (
    ids: readonly string[],
    besides: readonly string[],
  ): Promise<KeptDocument<EventMark>[]> => {
    const found: KeptDocument<EventMark>[] = [];
    for (let first = 0; first < ids.length; first += idsPerSearch) {
      const part = ids.slice(first, first + idsPerSearch);
      const { hits } = await cluster.call(`search ${alias}`, (client) =>
        client.search<EventMark>({
          index: [`${alias}-v*`, ...besides.map((name) => `-${name}`)],
          query: { ids: { values: part } },
          _source: markFields,
          seq_no_primary_term: true,
          track_total_hits: false,
          size: 2 * part.length,
          allow_no_indices: true,
          ignore_unavailable: true,
          allow_partial_search_results: false,
        }),
      );
      for (const { _id, _index, _seq_no, _primary_term, _source } of hits.hits)
        if (_id !== undefined && _source !== undefined)
          found.push({
            id: _id,
            index: _index,
            seqNo: _seq_no ?? -1,
            primaryTerm: _primary_term ?? -1,
            source: _source,
          });
    }
    return found;
  };

  const see = async (indices: readonly DailyIndex[]): Promise<void> => {
    const written = indices.map(({ name }) => name).filter((name) => unseen.has(name));
    if (written.length === 0) return;
    await cluster.call(`refresh ${alias}`, (client) =>
      client.indices.refresh({ index: written, ignore_unavailable: true }),
    );
    for (const name of written) unseen.delete(name);
  };

  const findBeside = async (
    index: string,
    ids: readonly string[],
    all: readonly DailyIndex[],
    found: Map<string, KeptDocument<EventMark>>,
  ): Promise<void> => {
    const today = dayOf(now());
    const day = all.find(({ name }) => name === index)?.day ?? today;
    const isLive = (each: DailyIndex): boolean =>
      Math.abs(each.day - day) <= dayMs || Math.abs(each.day - today) <= dayMs;
    const others = all.filter(({ name }) => name !== index);
    const settled = others.filter((each) => !isLive(each));
    for (const { name } of others.filter(isLive))
      for (const [id, document] of await cluster.getMany<EventMark>(name, ids, markFields)) found.set(id, document);
    if (settled.length > 0) {
      await see(settled);
      const besides = all.filter((each) => each.name === index || isLive(each)).map(({ name }) => name);
      for (const document of await findSettled(ids, besides)) found.set(document.id, document);
    }
  };

  return {
    async find(entries) {
      const found = new Map<string, KeptDocument<EventMark>>();
      const all = await days.list();
      for (const [index, group] of Map.groupBy(entries, (entry) => entry.index)) {
        unseen.add(index);
        await findBeside(
          index,
          group.map(({ id }) => id),
          all,
          found,
        );
      }
      return found;
    },
  };
}
