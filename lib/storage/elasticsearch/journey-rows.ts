import type { FlowId } from "#lib/id/id.ts";
import type { Cluster } from "#lib/storage/elasticsearch/cluster.ts";
import {
  type JourneyDocument,
  journeyIdOf,
  journeySchema,
  toJourneyDocument,
} from "#lib/storage/elasticsearch/journey-document.ts";
import type { FlowWindows, LatencyMarks } from "#lib/storage/elasticsearch/latency-mark.ts";
import type { WriteOperation } from "#lib/storage/elasticsearch/write.ts";
import type { JourneyId, JourneyRow } from "#lib/storage/journey-index.ts";
import { StorageError } from "#lib/storage/storage-error.ts";

export interface RowChange {
  readonly journeys: readonly JourneyRow[];
  readonly removed: readonly JourneyId[];
}

interface Written {
  readonly flow: FlowId;
  readonly operation: WriteOperation;
  /** Starts of the windows that it had latencies in, or has now. */
  readonly windows: readonly number[];
}

/**
 * Writes judged journeys over what stands there, and takes others away. Before that, every window that an old or a new row has latencies
 * in is marked, and the mark is let go of only after the rows are written: whatever fails in between, windows are calculated again.
 * Rows that are there as they are cost a look. A row that another process wrote meanwhile is StorageError `conflict`: the others are written, so
 * doing all of it again is right.
 */
export const writeRows = async (cluster: Cluster, marks: LatencyMarks, change: RowChange): Promise<void> => {
  const written = await planWrites(cluster, change);
  if (written.length === 0) return;
  const windows = windowsOf(written);
  const finish = windows.size === 0 ? null : await marks.mark(windows);
  const outcomes = await cluster.write(written.map(({ operation }) => operation));
  await finish?.();
  const index = cluster.aliasOf(journeySchema);
  for (const outcome of outcomes) {
    if (outcome.status !== "refused") continue;
    throw new StorageError("damaged", `write ${index}: ${outcome.refusal.type}, ${outcome.refusal.reason}`);
  }
  if (outcomes.some(({ status }) => status === "conflict"))
    throw new StorageError("conflict", `write ${index}: another process wrote the same journey`);
};

/** What differs from what is there. */
const planWrites = async (cluster: Cluster, { journeys, removed }: RowChange): Promise<readonly Written[]> => {
  const index = cluster.indexOf(journeySchema);
  const rows = new Map<string, { readonly flow: FlowId; readonly row: JourneyRow | null }>();
  for (const { flow, primary } of removed) rows.set(journeyIdOf(flow, primary), { flow, row: null });
  for (const row of journeys) rows.set(journeyIdOf(row.flow, row.primary), { flow: row.flow, row });
  const known = await cluster.getMany<Pick<JourneyDocument, "body" | "windows">>(
    cluster.aliasOf(journeySchema),
    [...rows.keys()],
    ["body", "windows"],
  );
  return [...rows].flatMap(([id, { flow, row }]): readonly Written[] => {
    const old = known.get(id);
    const revision = old && { seqNo: old.seqNo, primaryTerm: old.primaryTerm };
    const before = old?.source.windows ?? [];
    if (row === null) {
      if (revision === undefined) return [];
      return [{ flow, operation: { kind: "delete", index, id, revision }, windows: before }];
    }
    const source = toJourneyDocument(row);
    if (old?.source.body === source.body) return [];
    const operation: WriteOperation =
      revision === undefined ? { kind: "create", index, id, source } : { kind: "index", index, id, source, revision };
    return [{ flow, operation, windows: [...before, ...source.windows] }];
  });
};

const windowsOf = (written: readonly Written[]): FlowWindows => {
  const windows = new Map<FlowId, Set<number>>();
  for (const { flow, windows: starts } of written) {
    if (starts.length === 0) continue;
    const known = windows.get(flow) ?? new Set();
    windows.set(flow, known);
    for (const at of starts) known.add(at);
  }
  return windows;
};
