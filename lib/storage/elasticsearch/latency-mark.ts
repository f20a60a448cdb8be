import { randomUUID } from "node:crypto";
import { type FlowId, toFlowId } from "#lib/id/id.ts";
import type { Span } from "#lib/latency/sketch-span.ts";
import type { Cluster } from "#lib/storage/elasticsearch/cluster.ts";
import { type IndexSchema, kept, keyword, long } from "#lib/storage/elasticsearch/index-schema.ts";
import { allOf, anyOf, type Condition } from "#lib/storage/elasticsearch/journey-query.ts";
import { toTerm } from "#lib/storage/elasticsearch/search-term.ts";
import { StorageError } from "#lib/storage/storage-error.ts";

/** Which windows have to be calculated again, one document for each writing of rows; few are there at a time. */
export const latencyMarkSchema: IndexSchema = {
  name: "latency-mark",
  version: 1,
  span: "one",
  properties: { flows: keyword, writer: keyword, state: keyword, markedAt: long, windows: kept },
};

interface MarkDocument {
  readonly flows: readonly string[];
  readonly writer: string;
  /** `writing`: rows may still change after one looked; `written`: they have. */
  readonly state: "writing" | "written";
  readonly markedAt: number;
  readonly windows: string;
}

/** Starts of the narrowest windows, epoch ms, by flow. */
export type FlowWindows = ReadonlyMap<FlowId, ReadonlySet<number>>;

export interface LatencyMark {
  readonly windows: FlowWindows;
  /** Takes it away; only after everything it names was calculated from what was read since it was listed. Null while rows may still change. */
  readonly remove: (() => Promise<void>) | null;
}

export interface LatencyMarks {
  /** Before rows are written. The function it resolves to is called when they are, or when it is known that they are not. */
  mark(windows: FlowWindows): Promise<() => Promise<void>>;
  /** Those that can be taken away when they are done, oldest first. */
  listWritten(limit: number): Promise<readonly LatencyMark[]>;
  /** Those of a flow that a read has to look after: this process's own, and, of others', those that nobody looked after for a while. */
  listOverdue(flow: FlowId, ofOthers: boolean): Promise<readonly LatencyMark[]>;
}

/** Whoever has been writing for so long is not there any more: a request of the writer's ends within two minutes. */
const abandonedAfterMs = 600_000;
/** The worker calculates every two seconds. A read that meets older marks does it itself: an answer may lag by five (DESIGN 4.3). */
const overdueAfterMs = 3_000;
const marksPerRead = 10_000;

export const createLatencyMarks = (cluster: Cluster, now: () => number): LatencyMarks => {
  const index = cluster.aliasOf(latencyMarkSchema);
  const writer = randomUUID();

  const put = async (id: string, mark: MarkDocument): Promise<void> => {
    const [outcome] = await cluster.write([
      { kind: "index", index: cluster.indexOf(latencyMarkSchema), id, source: mark },
    ]);
    if (outcome?.status !== "done") throw new StorageError("unavailable", `write ${index}: ${outcome?.status ?? ""}`);
  };

  const list = async (query: Condition, size: number): Promise<readonly LatencyMark[]> => {
    const { hits } = await cluster.search<MarkDocument>(index, {
      query,
      size,
      sort: [{ markedAt: "asc" }],
      track_total_hits: false,
      seq_no_primary_term: true,
    });
    const abandoned = now() - abandonedAfterMs;
    return hits.hits.flatMap(({ _id: id, _index, _source: source, _seq_no: seqNo, _primary_term: primaryTerm }) => {
      if (id === undefined || source === undefined || seqNo === undefined || primaryTerm === undefined) return [];
      const isOver = source.state === "written" || source.markedAt < abandoned;
      const revision = { seqNo, primaryTerm };
      return [
        {
          windows: parseWindows(source.windows),
          remove: isOver
            ? async () => {
                await cluster.write([{ kind: "delete", index: _index, id, revision }]);
              }
            : null,
        },
      ];
    });
  };

  return {
    async mark(windows) {
      const id = randomUUID();
      const mark: MarkDocument = {
        flows: [...windows.keys()].map(toTerm),
        writer,
        state: "writing",
        markedAt: now(),
        windows: JSON.stringify([...windows].map(([flow, starts]) => [flow, [...starts]])),
      };
      await put(id, mark);
      return async () => {
        await put(id, { ...mark, state: "written" });
      };
    },
    async listWritten(limit) {
      const abandoned: Condition = { range: { markedAt: { lt: now() - abandonedAfterMs } } };
      return await list(anyOf([{ term: { state: "written" } }, abandoned]), Math.min(limit, marksPerRead));
    },
    async listOverdue(flow, ofOthers) {
      const overdue: Condition = { range: { markedAt: { lte: now() - overdueAfterMs } } };
      return await list(
        allOf([{ term: { flows: toTerm(flow) } }, anyOf([{ term: { writer } }, ...(ofOthers ? [overdue] : [])])]),
        marksPerRead,
      );
    },
  };
};

const parseWindows = (text: string): FlowWindows =>
  new Map(asWindows(JSON.parse(text)).map(([flow, starts]) => [toFlowId(flow), new Set(starts)]));

/** Written by `mark`. */
const asWindows = (parsed: unknown): readonly (readonly [flow: string, starts: readonly number[]])[] =>
  parsed as readonly (readonly [string, readonly number[]])[];

/** The windows of all of these, of one flow only and that begin within the span where these are given. */
export const joinWindows = (
  marks: readonly Pick<LatencyMark, "windows">[],
  only?: Span & { flow: FlowId },
): FlowWindows => {
  const joined = new Map<FlowId, Set<number>>();
  for (const [flow, starts] of marks.flatMap(({ windows }) => [...windows])) {
    if (only !== undefined && flow !== only.flow) continue;
    const known = joined.get(flow) ?? new Set();
    joined.set(flow, known);
    for (const at of starts) if (only === undefined || (at >= only.from && at < only.to)) known.add(at);
  }
  return joined;
};
