import type { FlowId } from "#lib/id/id.ts";
import type { Cluster, KeptDocument } from "#lib/storage/elasticsearch/cluster.ts";
import {
  type JourneyDocument,
  journeyIdOf,
  journeySchema,
  toJourneyDocument,
  toJourneyRow,
} from "#lib/storage/elasticsearch/journey-document.ts";
import type { FlowWindows, LatencyMarks } from "#lib/storage/elasticsearch/latency-mark.ts";
import type { WriteOperation } from "#lib/storage/elasticsearch/write.ts";
import type { JourneyId, JourneyRow } from "#lib/storage/journey-index.ts";
import { StorageError } from "#lib/storage/storage-error.ts";

export interface RowChange {
  readonly journeys: readonly JourneyRow[];
  /** Where a journey is both removed and written, it is written. */
  readonly removed: readonly JourneyId[];
}

/** By id of its document: the writing of each row that is there, null where there is none. */
export type RowReading = ReadonlyMap<string, KeptDocument<Pick<JourneyDocument, "body" | "windows">> | null>;

export interface RowsWritten {
  /** Somebody else has written these since the reading, or they were not in it: they are as they were. All others are written. */
  readonly conflicts: readonly JourneyId[];
  /** Written where there was no row before. */
  readonly created: readonly JourneyId[];
}

interface Planned {
  readonly journey: JourneyId;
  readonly isNew: boolean;
  readonly operation: WriteOperation;
  /** Starts of the windows that it had latencies in, or has now. */
  readonly windows: readonly number[];
}

const rowsPerSearch = 10_000;

/** Which writing of each row is there now. */
export const readRows = async (cluster: Cluster, ids: readonly JourneyId[]): Promise<RowReading> => {
  const names = [...new Set(ids.map(({ flow, primary }) => journeyIdOf(flow, primary)))];
  const found = await cluster.getMany<Pick<JourneyDocument, "body" | "windows">>(
    cluster.aliasOf(journeySchema),
    names,
    ["body", "windows"],
  );
  return new Map(names.map((name) => [name, found.get(name) ?? null]));
};

export const listArrivedBefore = async (
  cluster: Cluster,
  before: number,
  limit: number,
): Promise<readonly JourneyId[]> => {
  const { hits } = await cluster.search<Pick<JourneyDocument, "body">>(cluster.aliasOf(journeySchema), {
    query: { range: { newestIngestedAt: { lt: before } } },
    sort: [{ newestIngestedAt: "asc" }],
    size: Math.min(limit, rowsPerSearch),
    track_total_hits: false,
    _source: ["body"],
  });
  return hits.hits.flatMap(({ _source: source }) => {
    if (source === undefined) return [];
    const { flow, primary } = toJourneyRow(source);
    return [{ flow, primary }];
  });
};

/**
 * Writes judged journeys over the rows that were read, and takes others away. Before that, every window that an old or a new row has
 * latencies in is marked, and the mark says that it is written only after the rows are: whatever fails in between, windows are calculated
 * again. Rows that are there as they are written too: who judged the same journey from less must not find the row as it was.
 */
export const writeRows = async (
  cluster: Cluster,
  marks: LatencyMarks,
  change: RowChange,
  reading: RowReading,
): Promise<RowsWritten> => {
  const conflicts: JourneyId[] = [];
  const created: JourneyId[] = [];
  const planned = planWrites(cluster, change, reading, conflicts);
  if (planned.length === 0) return { conflicts, created };
  const windows = windowsOf(planned);
  const finish = windows.size === 0 ? null : await marks.mark(windows);
  const outcomes = await cluster.write(planned.map(({ operation }) => operation));
  await finish?.();
  for (const [place, outcome] of outcomes.entries()) {
    const row = planned[place];
    if (row === undefined) continue;
    if (outcome.status === "refused") {
      const { type, reason } = outcome.refusal;
      throw new StorageError("damaged", `write ${cluster.aliasOf(journeySchema)}: ${type}, ${reason}`);
    }
    if (outcome.status === "conflict") conflicts.push(row.journey);
    else if (row.isNew) created.push(row.journey);
  }
  return { conflicts, created };
};

const planWrites = (
  cluster: Cluster,
  { journeys, removed }: RowChange,
  reading: RowReading,
  conflicts: JourneyId[],
): readonly Planned[] => {
  const index = cluster.indexOf(journeySchema);
  const rows = new Map<string, { readonly journey: JourneyId; readonly row: JourneyRow | null }>();
  for (const { flow, primary } of removed)
    rows.set(journeyIdOf(flow, primary), { journey: { flow, primary }, row: null });
  for (const row of journeys)
    rows.set(journeyIdOf(row.flow, row.primary), { journey: { flow: row.flow, primary: row.primary }, row });
  return [...rows].flatMap(([id, { journey, row }]): readonly Planned[] => {
    const old = reading.get(id);
    if (old === undefined) {
      conflicts.push(journey);
      return [];
    }
    const before = old?.source.windows ?? [];
    const revision = old && { seqNo: old.seqNo, primaryTerm: old.primaryTerm };
    if (row === null) {
      if (revision === null) return [];
      return [{ journey, isNew: false, operation: { kind: "delete", index, id, revision }, windows: before }];
    }
    const source = toJourneyDocument(row);
    const isSame = old?.source.body === source.body;
    const operation: WriteOperation =
      revision === null ? { kind: "create", index, id, source } : { kind: "index", index, id, source, revision };
    return [{ journey, isNew: revision === null, operation, windows: isSame ? [] : [...before, ...source.windows] }];
  });
};

const windowsOf = (planned: readonly Planned[]): FlowWindows => {
  const windows = new Map<FlowId, Set<number>>();
  for (const { journey, windows: starts } of planned) {
    if (starts.length === 0) continue;
    const known = windows.get(journey.flow) ?? new Set();
    windows.set(journey.flow, known);
    for (const at of starts) known.add(at);
  }
  return windows;
};
