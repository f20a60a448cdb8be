import type { FlowId } from "#lib/id/id.ts";
import { type Key, toKeyId } from "#lib/key/key.ts";
import type { Cluster } from "#lib/storage/elasticsearch/cluster.ts";
import { toDocumentId } from "#lib/storage/elasticsearch/document-id.ts";
import { type IndexSchema, kept, keyword } from "#lib/storage/elasticsearch/index-schema.ts";
import { gone, type Merge, mergeDocuments } from "#lib/storage/elasticsearch/merge-documents.ts";
import { flowTerm } from "#lib/storage/elasticsearch/unit-document.ts";
import { StorageError } from "#lib/storage/storage-error.ts";

/** Which units of a flow carry an alias, in chunks; and for each flow that has any such list, one document that says so. */
export const aliasListSchema: IndexSchema = {
  name: "alias-list",
  version: 1,
  span: "one",
  properties: { flow: keyword, kept },
};

interface AliasListDocument {
  readonly flow: string;
  readonly kept: string;
}

interface Chunk {
  /** Ids of unit documents. */
  readonly units: readonly string[];
  /** Of the first chunk: how many there are; those behind may not be written yet. */
  readonly chunks?: number;
}

/** Some 15 kB: each new unit writes its chunk anew. */
const unitsPerChunk = 500;
/** An alias of more units than that belongs to no business record. */
const mostChunks = 100;

/** An alias unit by its document, and where it is to be found. */
export interface ListedUnit {
  readonly flow: FlowId;
  readonly aliases: readonly Key[];
  readonly unit: string;
}

export interface AliasLists {
  /** Before the unit itself is written: what is listed and not there is passed over. */
  add(listed: readonly ListedUnit[]): Promise<void>;
  remove(listed: readonly ListedUnit[]): Promise<void>;
  /** Ids of unit documents that carry any of the aliases; some may be gone. */
  list(flow: FlowId, aliases: readonly Key[], limit: number): Promise<readonly string[]>;
  findFlows(flows: readonly FlowId[]): Promise<ReadonlySet<FlowId>>;
}

const flowMark = (flow: FlowId): string => toDocumentId("flow", flow);
const chunkId = (list: string, at: number): string => (at === 0 ? list : `${list}.${at}`);
const listId = (flow: FlowId, alias: Key): string => toDocumentId("list", flow, toKeyId(alias));

/** Written from a Chunk. */
const chunkIn = (document: AliasListDocument): Chunk => JSON.parse(document.kept) as Chunk;

export function createAliasLists(cluster: Cluster): AliasLists {
  const index = cluster.indexOf(aliasListSchema);
  const marked = new Set<FlowId>();

  const read = async (ids: readonly string[]): Promise<ReadonlyMap<string, Chunk>> => {
    const found = await cluster.getMany<AliasListDocument>(index, ids, ["kept"]);
    return new Map([...found].map(([id, { source }]) => [id, chunkIn(source)]));
  };

  /** Marks flows first: who looks for alias units asks for the mark before anything else. */
  const mark = async (flows: ReadonlySet<FlowId>): Promise<void> => {
    const fresh = [...flows].filter((flow) => !marked.has(flow));
    const source = (flow: FlowId): AliasListDocument => ({ flow: flowTerm(flow), kept: "{}" });
    await cluster.write(fresh.map((flow) => ({ kind: "create", index, id: flowMark(flow), source: source(flow) })));
    for (const flow of fresh) marked.add(flow);
  };

  return {
    async add(listed) {
      if (listed.length === 0) return;
      await mark(new Set(listed.map(({ flow }) => flow)));
      const wanted = new Map<string, { readonly flow: string; readonly units: Set<string> }>();
      for (const { flow, aliases, unit } of listed) {
        for (const alias of aliases) {
          const id = listId(flow, alias);
          const list = wanted.get(id) ?? { flow: flowTerm(flow), units: new Set() };
          wanted.set(id, list);
          list.units.add(unit);
        }
      }
      for (let round = 0; wanted.size > 0; round += 1) {
        if (round > mostChunks) throw new StorageError("unavailable", "others list the same units all the time");
        const heads = await read([...wanted.keys()]);
        /** Of each list, what did not fit any more, and in which chunk. */
        const left = new Map<string, { readonly last: number; readonly units: readonly string[] }>();
        const merges = new Map<string, Merge<AliasListDocument>>();
        for (const [id, { flow, units }] of wanted) {
          const last = (heads.get(id)?.chunks ?? 1) - 1;
          const known = new Set(heads.get(id)?.units);
          merges.set(chunkId(id, last), (document) => {
            const chunk: Chunk = document === null ? { units: [] } : chunkIn(document);
            const missing = [...units].filter((unit) => !known.has(unit) && !chunk.units.includes(unit));
            const fitting = missing.slice(0, Math.max(0, unitsPerChunk - chunk.units.length));
            left.set(id, { last, units: missing.slice(fitting.length) });
            const grown: Chunk = { ...chunk, units: [...chunk.units, ...fitting] };
            return fitting.length === 0 ? null : { flow, kept: JSON.stringify(grown) };
          });
        }
        await mergeDocuments(cluster, index, merges);
        for (const [id, { last, units }] of left) {
          const list = wanted.get(id);
          if (list === undefined || units.length === 0 || last + 1 >= mostChunks) wanted.delete(id);
          else wanted.set(id, { ...list, units: new Set(units) });
        }
        // The first chunk counts the next one before that is there: whoever reads in between passes over it.
        const growing = new Map<string, Merge<AliasListDocument>>();
        for (const id of wanted.keys()) {
          const last = left.get(id)?.last ?? 0;
          growing.set(id, (document) => {
            const chunk = document === null ? { units: [] } : chunkIn(document);
            if ((chunk.chunks ?? 1) > last + 1) return null;
            return document === null ? null : { ...document, kept: JSON.stringify({ ...chunk, chunks: last + 2 }) };
          });
        }
        await mergeDocuments(cluster, index, growing);
      }
    },

    async remove(listed) {
      const lists = new Map<string, Set<string>>();
      for (const { flow, aliases, unit } of listed) {
        for (const alias of aliases) {
          const id = listId(flow, alias);
          lists.set(id, (lists.get(id) ?? new Set()).add(unit));
        }
      }
      const heads = await read([...lists.keys()]);
      const merges = new Map<string, Merge<AliasListDocument>>();
      for (const [id, units] of lists) {
        for (let at = 0; at < (heads.get(id)?.chunks ?? 1); at += 1)
          merges.set(chunkId(id, at), (document) => {
            if (document === null) return null;
            const chunk = chunkIn(document);
            const left = chunk.units.filter((unit) => !units.has(unit));
            if (left.length === chunk.units.length) return null;
            const isOver = left.length === 0 && (at > 0 || (chunk.chunks ?? 1) === 1);
            return isOver ? gone : { ...document, kept: JSON.stringify({ ...chunk, units: left }) };
          });
      }
      await mergeDocuments(cluster, index, merges);
    },

    async list(flow, aliases, limit) {
      const lists = [...new Set(aliases.map((alias) => listId(flow, alias)))];
      const heads = await read(lists);
      const found = new Set<string>();
      for (const { units } of heads.values()) for (const unit of units) found.add(unit);
      const further = [...heads].flatMap(([id, { chunks = 1 }]) =>
        Array.from({ length: chunks - 1 }, (_, at) => chunkId(id, at + 1)),
      );
      for (let first = 0; first < further.length && found.size < limit; first += 10)
        for (const { units } of (await read(further.slice(first, first + 10))).values())
          for (const unit of units) found.add(unit);
      return [...found].slice(0, limit);
    },

    async findFlows(flows) {
      const found = await cluster.getMany(index, flows.map(flowMark), ["flow"]);
      return new Set(flows.filter((flow) => found.has(flowMark(flow))));
    },
  };
}
