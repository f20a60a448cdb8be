import type { estypes } from "@elastic/elasticsearch";
import type { Cluster, KeptDocument } from "#lib/storage/elasticsearch/cluster.ts";
import type { WriteOperation } from "#lib/storage/elasticsearch/write.ts";
import { controlSchema } from "#lib/storage/elasticsearch/control/schema.ts";
import { StorageError } from "#lib/storage/storage-error.ts";

/** What stands beside the kept text of a document, to be searched by. */
interface Marks {
  readonly kind: string;
  readonly flow?: string;
  readonly at?: number;
}

interface Source extends Marks {
  readonly id: string;
  readonly number: number;
  readonly kept: string;
}

/** Fields to set in a document, which is made where there is none; null takes all of them away. */
export interface Patch extends Marks {
  readonly id: string;
  readonly fields: Readonly<Record<string, unknown>> | null;
}

/** Documents of the control index but for its ledgers. */
export interface Documents {
  /** Real-time, by one GET. */
  find<Value>(id: string): Promise<Value | null>;
  findMany<Value>(ids: readonly string[]): Promise<ReadonlyMap<string, Value>>;
  /** Does what change `number` of a ledger says, once: a document that holds this change already, or a later one, stays. */
  apply(number: number, patches: readonly Patch[]): Promise<void>;
  /** Sets fields outside the ledgers, where the document is there; with `kind`, also where it is not. */
  set(id: string, fields: Readonly<Record<string, unknown>>, kind?: string): Promise<void>;
  /** By search, everything acknowledged before included. */
  list<Value>(query: readonly estypes.QueryDslQueryContainer[]): Promise<ReadonlyMap<string, Value>>;
  remove(ids: readonly string[]): Promise<void>;
}

/** Lost races of one document in a row: more than this many writers of one account or setting there never are. */
const attempts = 50;
const perPage = 1_000;

interface Read<Value> {
  readonly value: Value;
}

// The cast of this room: each kind of document is written by one file alone, from a value of the type it reads.
export const readKept = <Value>(text: string): Read<Value> => ({ value: JSON.parse(text) as Value });

export function openDocuments(cluster: Cluster): Documents {
  const index = cluster.indexOf(controlSchema);

  /** Writes what `toSource` makes of each document until nobody came between reading and writing; null leaves it as it is. */
  const rewrite = async (
    ids: readonly string[],
    toSource: (id: string, found: KeptDocument<Source> | undefined) => Source | null,
  ): Promise<void> => {
    let waiting = ids;
    for (let attempt = 0; waiting.length > 0; attempt += 1) {
      if (attempt === attempts) throw new StorageError("unavailable", "A document is changed by many at once.");
      const found = await cluster.getMany<Source>(index, waiting);
      const operations = waiting.flatMap((id): WriteOperation[] => {
        const before = found.get(id);
        const source = toSource(id, before);
        if (source === null) return [];
        if (before === undefined) return [{ kind: "create", index, id, source }];
        return [{ kind: "index", index, id, source, revision: before }];
      });
      const outcomes = await cluster.write(operations);
      waiting = operations.flatMap(({ id }, place) => {
        const outcome = outcomes[place];
        if (outcome?.status === "refused") throw new StorageError("damaged", `write ${id}: ${outcome.refusal.reason}`);
        return outcome?.status === "done" ? [] : [id];
      });
    }
  };

  return {
    async find<Value>(id: string) {
      const found = await cluster.get<Source>(index, id);
      return found === null ? null : readKept<Value | null>(found.source.kept).value;
    },
    async findMany<Value>(ids: readonly string[]) {
      const found = new Map<string, Value>();
      if (ids.length === 0) return found;
      for (const [id, { source }] of await cluster.getMany<Source>(index, ids)) {
        const { value } = readKept<Value | null>(source.kept);
        if (value !== null) found.set(id, value);
      }
      return found;
    },
    async apply(number, patches) {
      const byId = new Map(patches.map((patch) => [patch.id, patch]));
      await rewrite([...byId.keys()], (id, found) => {
        const patch = byId.get(id);
        if (patch === undefined || (found !== undefined && found.source.number >= number)) return null;
        const { fields, ...marks } = patch;
        if (fields === null) return { id, kind: "gone", number, kept: "null" };
        const before = found === undefined ? null : readKept<object | null>(found.source.kept).value;
        return { ...found?.source, ...marks, number, kept: JSON.stringify({ ...before, ...fields }) };
      });
    },
    async set(id, fields, kind) {
      await rewrite([id], (_, found) => {
        if (found === undefined) {
          return kind === undefined ? null : { id, kind, number: 0, kept: JSON.stringify(fields) };
        }
        const before = readKept<object | null>(found.source.kept).value;
        if (before === null && kind === undefined) return null;
        const kept = JSON.stringify({ ...before, ...fields });
        return kept === found.source.kept ? null : { ...found.source, kind: kind ?? found.source.kind, kept };
      });
    },
    async list<Value>(query: readonly estypes.QueryDslQueryContainer[]) {
      await cluster.refresh(index);
      const found = new Map<string, Value>();
      for (let after = ""; ;) {
        const answer = await cluster.search<Source>(index, {
          query: { bool: { filter: [...query] } },
          sort: [{ id: "asc" }],
          search_after: [after],
          size: perPage,
        });
        const sources = answer.hits.hits.flatMap(({ _source }) => (_source === undefined ? [] : [_source]));
        for (const { id, kept } of sources) found.set(id, readKept<Value>(kept).value);
        const last = sources.at(-1);
        if (last === undefined || sources.length < perPage) return found;
        after = last.id;
      }
    },
    async remove(ids) {
      await cluster.write(ids.map((id) => ({ kind: "delete", index, id })));
    },
  };
}
