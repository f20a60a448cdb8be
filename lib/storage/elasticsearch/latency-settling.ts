import type { FlowId } from "#lib/id/id.ts";
import { sketchWidths, type Span, spanStart } from "#lib/latency/sketch-span.ts";
import type { Cluster, Revision } from "#lib/storage/elasticsearch/cluster.ts";
import { type Calculated, calculateFromRows, mergeNarrower } from "#lib/storage/elasticsearch/latency-calculation.ts";
import {
  type FlowWindows,
  joinWindows,
  type LatencyMark,
  type LatencyMarks,
} from "#lib/storage/elasticsearch/latency-mark.ts";
import {
  latencyValuesSchema,
  latencyWindowSchema,
  toValuesDocument,
  toWindowDocument,
  windowIdOf,
} from "#lib/storage/elasticsearch/latency-window.ts";
import type { WriteOperation } from "#lib/storage/elasticsearch/write.ts";
import { StorageError } from "#lib/storage/storage-error.ts";

export interface LatencySettling {
  /** Calculates what is marked, oldest mark first, and then lets go of the marks; resolves to whether nothing was left, or it has to rest. */
  settle(limit: number): Promise<boolean>;
  /** Calculates the windows of a flow within a span that a read would meet uncalculated; resolves to whether there were any. */
  settleSpan(flow: FlowId, span: Span): Promise<boolean>;
  /** Only what this process itself has marked: for a read that must not wait for very many journeys of others. */
  settleOwn(flow: FlowId, span: Span): Promise<boolean>;
}

/** Windows calculated and written at once. */
const windowsPerReading = 500;
/**
 * Who lost twice to others who calculate the same windows need not do it again: the first to win wrote after this one had begun, so the
 * second, whose write stands over that, has read everything that this one would have.
 */
const attempts = 2;
/** Nobody who began to calculate a window before it was empty is still at it. */
const emptyForMs = 86_400_000;
/** A window into which very many journeys fall is read whole each time: about a twentieth of the time goes into that. A read does not wait for it. */
const restTimes = 19;
const longestRestMs = 30_000;
const purgeEveryMs = 3_600_000;

export const createLatencySettling = (cluster: Cluster, marks: LatencyMarks, now: () => number): LatencySettling => {
  let purgedAt = -Infinity;
  let restUntil = -Infinity;

  let turn: Promise<unknown> = Promise.resolve();
  /** Of many who read at once the first calculates, and the others find it done. */
  const inTurn = async (work: () => Promise<void>): Promise<void> => {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    await mine;
  };

  /** From the rows the narrowest windows, from these the wider ones. */
  const calculate = async (windows: FlowWindows): Promise<void> => {
    for (const [flow, starts] of windows) {
      let narrower: number | null = null;
      for (const width of sketchWidths.toReversed()) {
        const from: number | null = narrower;
        const places = [...new Set([...starts].map((at) => spanStart(at, width)))].toSorted((a, b) => a - b);
        for (let first = 0; first < places.length; first += windowsPerReading) {
          await replaceWindows(flow, width, places.slice(first, first + windowsPerReading), (ats) =>
            from === null ? calculateFromRows(cluster, flow, ats) : mergeNarrower(cluster, flow, ats, { width, from }),
          );
        }
        narrower = width;
      }
    }
  };

  /**
   * What stands there is looked at first, then calculated, then written over that: of two that do so at once, the one that began to
   * calculate before the other wrote loses, and does it again. So an empty window is written too, and stands for a while.
   */
  const replaceWindows = async (
    flow: FlowId,
    width: number,
    ats: readonly number[],
    calculateThem: (ats: readonly number[]) => Promise<Calculated>,
  ): Promise<void> => {
    let left = ats;
    for (let attempt = 0; attempt < attempts && left.length > 0; attempt += 1) {
      const ids = left.map((at) => windowIdOf({ flow, width, at }));
      const [windows, values] = await Promise.all([
        cluster.getMany<object>(cluster.aliasOf(latencyWindowSchema), ids, ["at"]),
        cluster.getMany<object>(cluster.aliasOf(latencyValuesSchema), ids, ["at"]),
      ]);
      const calculated = await calculateThem(left);
      const writes = left.flatMap((at) => {
        const place = { flow, width, at };
        const id = windowIdOf(place);
        const hops = calculated.get(at) ?? new Map();
        const operations = [
          over(values.get(id), {
            index: cluster.indexOf(latencyValuesSchema),
            id,
            source: toValuesDocument(place, hops, now()),
          }),
          over(windows.get(id), {
            index: cluster.indexOf(latencyWindowSchema),
            id,
            source: toWindowDocument(place, hops, now()),
          }),
        ];
        return operations.map((operation) => ({ at, operation }));
      });
      const outcomes = await cluster.write(writes.map(({ operation }) => operation));
      const lost = new Set<number>();
      for (const [place, outcome] of outcomes.entries()) {
        if (outcome.status === "refused")
          throw new StorageError("damaged", `write latencies: ${outcome.refusal.type}, ${outcome.refusal.reason}`);
        const at = writes[place]?.at;
        if (outcome.status !== "done" && at !== undefined) lost.add(at);
      }
      left = [...lost];
    }
  };

  const purgeEmpty = async (): Promise<void> => {
    if (Math.abs(now() - purgedAt) < purgeEveryMs) return;
    purgedAt = now();
    const indices = [latencyWindowSchema, latencyValuesSchema].map((schema) => cluster.aliasOf(schema));
    await cluster.call("let go of empty latencies", async (client) =>
      client.deleteByQuery({
        index: indices,
        query: {
          bool: { filter: [{ term: { isEmpty: true } }, { range: { calculatedAt: { lt: now() - emptyForMs } } }] },
        },
        conflicts: "proceed",
      }),
    );
    for (const index of indices) cluster.noteWritten(index);
  };

  const settleMarked = async (flow: FlowId, span: Span, ofOthers: boolean): Promise<boolean> => {
    const inSpan = (found: readonly LatencyMark[]): FlowWindows => joinWindows(found, { ...span, flow });
    if ((inSpan(await marks.listOverdue(flow, ofOthers)).get(flow)?.size ?? 0) === 0) return false;
    await inTurn(async () => {
      const found = await marks.listOverdue(flow, ofOthers);
      const only = inSpan(found);
      await calculate(only);
      const isWhole = ({ windows }: LatencyMark): boolean =>
        [...windows].every(([own, starts]) => [...starts].every((at) => only.get(own)?.has(at) ?? false));
      await removeAll(found.filter(isWhole));
    });
    // Also where somebody else did it meanwhile.
    return true;
  };

  return {
    async settle(limit) {
      const startedAt = now();
      if (startedAt < restUntil && startedAt > restUntil - longestRestMs) return true;
      const found = await marks.listWritten(limit);
      await calculate(joinWindows(found));
      await removeAll(found);
      await purgeEmpty();
      restUntil = now() + Math.min((now() - startedAt) * restTimes, longestRestMs);
      return found.length < limit;
    },
    settleSpan: (flow, span) => settleMarked(flow, span, true),
    settleOwn: (flow, span) => settleMarked(flow, span, false),
  };
};

const removeAll = async (marks: readonly LatencyMark[]): Promise<void> => {
  for (const { remove } of marks) await remove?.();
};

const over = (
  old: Revision | undefined,
  document: { readonly index: string; readonly id: string; readonly source: object },
): WriteOperation =>
  old === undefined
    ? { kind: "create", ...document }
    : { kind: "index", ...document, revision: { seqNo: old.seqNo, primaryTerm: old.primaryTerm } };
