import type { SourceProgress } from "#lib/source/source.ts";
import type { Cluster, KeptDocument } from "#lib/storage/elasticsearch/cluster.ts";
import {
  factIn,
  gonePart,
  type ProgressPart,
  progressId,
  type SourceDocument,
  toSourceDocument,
} from "#lib/storage/elasticsearch/source-document.ts";
import { addProgress } from "#lib/storage/elasticsearch/source-progress.ts";

export interface KeptPart extends ProgressPart {
  readonly id: string;
}

interface FoldOptions {
  readonly cluster: Cluster;
  readonly index: string;
  /** Id of the part that must stay: that of who asks. */
  readonly own: string;
  readonly now: () => number;
}

/** So many parts of a source stand beside each other before those that rest are put together. */
const mostParts = 16;
const restMs = 60 * 60_000;

/** All parts of one source together; those that are counted in another one already are left out. Null where there is none. */
export function sumParts(parts: readonly KeptPart[]): SourceProgress | null {
  const held = new Set(parts.flatMap(({ holds }) => holds ?? []));
  const [first, ...others] = parts.filter(({ id }) => !held.has(id)).map(({ progress }) => progress);
  return first === undefined ? null : others.reduce(addProgress, first);
}

/**
 * Puts parts of one source that rest into one. Each is closed first, so that an opening which was only quiet notices and begins another;
 * then counted and named in the part of those gone; then deleted. Whoever stops in between leaves sums as they were, and the next goes on.
 */
export async function foldParts(parts: readonly KeptPart[], { cluster, index, own, now }: FoldOptions): Promise<void> {
  const source = parts[0]?.progress.source;
  if (source === undefined || parts.length <= mostParts) return;
  const gone = progressId(source, gonePart);
  const resting = parts.filter(({ id, changedAt }) => id !== own && id !== gone && now() - changedAt > restMs);
  if (resting.length === 0) return;
  const open = await readParts(
    cluster,
    index,
    resting.map(({ id }) => id),
  );
  await cluster.write(
    [...open.values()]
      .filter(({ part }) => part.closed !== true)
      .map(({ document, part }) => writeOver(document, { ...part, closed: true })),
  );
  const read = await readParts(cluster, index, [gone, ...open.keys()]);
  const known = read.get(gone);
  const closed = [...read.values()].filter(({ part }) => part.closed === true);
  const held = new Set(known?.part.holds);
  const sum = sumParts([
    ...(known === undefined ? [] : [{ ...known.part, holds: [], id: gone }]),
    ...closed
      .filter(({ document }) => !held.has(document.id))
      .map(({ document, part }) => ({ ...part, id: document.id })),
  ]);
  if (sum === null || closed.length === 0) return;
  const holds = [...new Set([...held, ...closed.map(({ document }) => document.id)])];
  const part: ProgressPart = { progress: sum, changedAt: now(), holds };
  const [outcome] = await cluster.write([
    known === undefined
      ? { kind: "create", index, id: gone, source: toSourceDocument(gone, { kind: "progress", ...part }) }
      : writeOver(known.document, part),
  ]);
  // Somebody else puts the same together.
  if (outcome?.status !== "done") return;
  await cluster.write(closed.map(({ document: { id } }) => ({ kind: "delete", index, id })));
  const { revision } = outcome;
  await cluster.write([writeOver({ id: gone, index, ...revision }, { ...part, holds: [] })]);
}

interface ReadPart {
  readonly document: KeptDocument<SourceDocument>;
  readonly part: ProgressPart;
}

async function readParts(cluster: Cluster, index: string, ids: readonly string[]): Promise<Map<string, ReadPart>> {
  const found = new Map<string, ReadPart>();
  for (const [id, document] of await cluster.getMany<SourceDocument>(index, ids)) {
    const fact = factIn(document.source);
    if (fact.kind === "progress") found.set(id, { document, part: fact });
  }
  return found;
}

const writeOver = (
  { id, index, seqNo, primaryTerm }: Pick<KeptDocument<SourceDocument>, "id" | "index" | "seqNo" | "primaryTerm">,
  { progress, changedAt, closed, holds }: ProgressPart,
) => ({
  kind: "index" as const,
  index,
  id,
  source: toSourceDocument(id, {
    kind: "progress",
    progress,
    changedAt,
    ...(closed === true && { closed }),
    ...(holds !== undefined && { holds }),
  }),
  revision: { seqNo, primaryTerm },
});
