import type { Entry } from "#lib/storage/elasticsearch/accept-batch.ts";
import type { Cluster, KeptDocument } from "#lib/storage/elasticsearch/cluster.ts";
import { type DailyIndex, type DailyIndices, dayMs } from "#lib/storage/elasticsearch/daily-indices.ts";
import { type EventDocument, eventSchema } from "#lib/storage/elasticsearch/event-document.ts";
import { StorageError } from "#lib/storage/storage-error.ts";

/** What tells whose document of an event it is, and of which content. */
export type EventMark = Pick<EventDocument, "writer" | "sequence" | "contentHash">;
export const markFields = ["writer", "sequence", "contentHash"];

export interface Placed extends Entry {
  /** Where it is to be written. */
  readonly index: string;
}

interface OlderCopies {
  /** Copies that stand in the index of another day than the one an event is about to be written to. */
  find(entries: readonly Placed[]): Promise<ReadonlyMap<string, KeptDocument<EventMark>>>;
  /** Says which indices were written to: in those of settled days it is found at once, by every process. */
  settle(written: readonly DailyIndex[]): Promise<void>;
}

/** Clocks of workers differ by less, and no day is written to for longer than that after its end, but by who comes late and says so. */
const liveMs = 60 * 60_000;

/** Answers come in the order asked, and nearly all of them say no: they need not repeat index and id. */
const answered = ["found", "_source", "_seq_no", "_primary_term", "error.type"].map((name) => `docs.${name}`);

/** Ids asked in one search; a search finds at most 10,000. */
const idsPerSearch = 5_000;

/** Names stand in the address of a call, which a cluster reads 4,096 bytes of; a name has up to 255. */
const namesPerCall = 10;

/** The days around now are asked by id, which is real-time: others may be writing to them. All other days are asked in one search. */
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
  const isLive = ({ day }: Pick<DailyIndex, "day">): boolean => day - liveMs <= now() && now() < day + dayMs + liveMs;

  const findLive = async (index: string, ids: readonly string[]): Promise<KeptDocument<EventMark>[]> => {
    const found: KeptDocument<EventMark>[] = [];
    for (let first = 0; first < ids.length; first += idsPerSearch) {
      const part = ids.slice(first, first + idsPerSearch);
      const { docs } = await cluster.call(`read ${index}`, (client) =>
        client.mget<EventMark>({ index, ids: part, _source: markFields, filter_path: answered }),
      );
      for (const [at, document] of docs.entries()) {
        const id = part[at];
        if (id === undefined) continue;
        if ("error" in document) {
          if (document.error.type === "index_not_found_exception") continue;
          throw new StorageError("unavailable", `read ${index}: ${document.error.type}`);
        }
        const { _source: source, _seq_no: seqNo = -1, _primary_term: primaryTerm = -1 } = document;
        if (source !== undefined) found.push({ id, index, seqNo, primaryTerm, source });
      }
    }
    return found;
  };

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

  const findBeside = async (
    index: string,
    ids: readonly string[],
    all: readonly DailyIndex[],
    found: Map<string, KeptDocument<EventMark>>,
  ): Promise<void> => {
    const others = all.filter(({ name }) => name !== index);
    const settled = others.filter((each) => !isLive(each));
    for (const { name } of others.filter(isLive))
      for (const document of await findLive(name, ids)) found.set(document.id, document);
    if (settled.length > 0) {
      const besides = all.filter((each) => each.name === index || isLive(each)).map(({ name }) => name);
      for (const document of await findSettled(ids, besides)) found.set(document.id, document);
    }
  };

  return {
    async find(entries) {
      const found = new Map<string, KeptDocument<EventMark>>();
      const all = await days.list();
      for (const [index, group] of Map.groupBy(entries, (entry) => entry.index)) {
        await findBeside(
          index,
          group.map(({ id }) => id),
          all,
          found,
        );
      }
      return found;
    },
    async settle(written) {
      const late = written.filter(({ day }) => !isLive({ day })).map(({ name }) => name);
      if (late.length === 0) return;
      await cluster.call(`refresh ${alias}`, (client) =>
        client.indices.refresh({
          index: late.length > namesPerCall ? `${alias}-v*` : late,
          ignore_unavailable: true,
        }),
      );
    },
  };
}
