import type { Cluster, SearchQuery } from "#lib/storage/elasticsearch/cluster.ts";
import { createDailyIndices, type DailyIndices, dayMs } from "#lib/storage/elasticsearch/daily-indices.ts";
import { countCauses } from "#lib/storage/elasticsearch/count-causes.ts";
import {
  dayInLetterId,
  deadLetterSchema,
  type LetterDocument,
  letterFrom,
  toLetterDocument,
} from "#lib/storage/elasticsearch/letter-document.ts";
import { type Merge, mergeDocuments } from "#lib/storage/elasticsearch/merge-documents.ts";
import type {
  DeadLetter,
  DeadLetterCount,
  DeadLetterPage,
  DeadLetterQuery,
  DeadLetters,
  NewDeadLetter,
} from "#lib/storage/dead-letters.ts";
import { StorageError } from "#lib/storage/storage-error.ts";

const isOpen: SearchQuery = { bool: { must_not: [{ exists: { field: "redrivenAt" } }] } };

/** Rejected events, a document each, in an index a day of arrival. */
export class ElasticsearchDeadLetters implements DeadLetters {
  readonly #cluster: Cluster;
  readonly #days: DailyIndices;
  readonly #alias: string;
  /** Of this opening: ids grow with it and with the letters it adds. */
  readonly #writer: string;
  #added = 0;

  constructor(cluster: Cluster, writer: string) {
    this.#cluster = cluster;
    this.#days = createDailyIndices(cluster, deadLetterSchema);
    this.#alias = cluster.aliasOf(deadLetterSchema);
    this.#writer = writer;
  }

  async add(letters: readonly NewDeadLetter[]): Promise<void> {
    const documents = letters.map((letter) => {
      this.#added += 1;
      return toLetterDocument(letter, this.#writer, this.#added);
    });
    const outcomes = await this.#cluster.write(
      documents.map((source) => ({
        kind: "create",
        index: this.#cluster.indexOf(deadLetterSchema, source.receivedAt),
        id: source.letter,
        source,
      })),
    );
    // A conflict is this very letter: the cluster was asked twice.
    for (const outcome of outcomes)
      if (outcome.status === "refused")
        throw new StorageError("damaged", `keep a dead letter: ${outcome.refusal.type}, ${outcome.refusal.reason}`);
  }

  async list(query: DeadLetterQuery): Promise<DeadLetterPage> {
    const after = query.cursor === null ? null : placeOf(query.cursor);
    const filter: SearchQuery[] = [];
    if (query.reason !== undefined) filter.push({ term: { reason: query.reason } });
    if (query.source !== undefined) filter.push({ term: { source: query.source } });
    if (query.open === true) filter.push(isOpen);
    const { hits } = await this.#cluster.search<LetterDocument>(this.#alias, {
      query: { bool: { filter } },
      sort: [{ receivedAt: "desc" }, { letter: "desc" }],
      size: query.limit + 1,
      track_total_hits: false,
      ...(after === null ? {} : { search_after: [after.receivedAt, after.id] }),
    });
    const items = hits.hits.flatMap(({ _source }) => (_source === undefined ? [] : [letterFrom(_source)]));
    const last = items.length > query.limit ? items[query.limit - 1] : undefined;
    return {
      items: items.slice(0, query.limit),
      next: last === undefined ? null : `${last.receivedAt}.${last.id}`,
    };
  }

  async find(id: string): Promise<DeadLetter | null> {
    const day = dayInLetterId(id);
    if (day === null) return null;
    const found = await this.#cluster.get<LetterDocument>(this.#cluster.indexOf(deadLetterSchema, day), id);
    return found === null ? null : letterFrom(found.source);
  }

  async markRedriven(ids: readonly string[], at: number): Promise<void> {
    const merges = new Map<string, Map<string, Merge<LetterDocument>>>();
    for (const id of ids) {
      const day = dayInLetterId(id);
      if (day === null) continue;
      const index = this.#cluster.indexOf(deadLetterSchema, day);
      const ofDay = merges.get(index) ?? new Map<string, Merge<LetterDocument>>();
      merges.set(index, ofDay);
      ofDay.set(id, (letter) => (letter === null ? null : { ...letter, redrivenAt: at }));
    }
    for (const [index, ofDay] of merges) await mergeDocuments(this.#cluster, index, ofDay);
    if (merges.size > 0) await this.#cluster.refresh(this.#alias);
  }

  async countOpen(): Promise<number> {
    const { hits } = await this.#cluster.search(this.#alias, { query: isOpen, size: 0, track_total_hits: true });
    return typeof hits.total === "number" ? hits.total : (hits.total?.value ?? 0);
  }

  async countByCause(): Promise<readonly DeadLetterCount[]> {
    return await countCauses(this.#cluster, this.#alias, isOpen);
  }

  async expire(before: number): Promise<number> {
    let count = 0;
    for (const index of await this.#days.list())
      if (index.day + dayMs <= before) count += await this.#days.remove(index);
    return count;
  }

  async forget(sources: readonly string[]): Promise<number> {
    if (sources.length === 0) return 0;
    await this.#cluster.refresh(this.#alias);
    const { deleted = 0 } = await this.#cluster.call("forget dead letters", (client) =>
      client.deleteByQuery({
        index: this.#alias,
        query: { terms: { source: [...sources] } },
        conflicts: "proceed",
        refresh: true,
        ignore_unavailable: true,
      }),
    );
    return deleted;
  }
}

const placeOf = (cursor: string): { readonly receivedAt: number; readonly id: string } => {
  const [, receivedAt, id] = /^(\d{1,16})\.([a-z0-9-]{1,64})$/u.exec(cursor) ?? [];
  if (receivedAt === undefined || id === undefined)
    throw new StorageError("invalid_cursor", "The cursor is not one that this list gave out");
  return { receivedAt: Number(receivedAt), id };
};
