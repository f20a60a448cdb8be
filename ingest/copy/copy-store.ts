import { CommandError } from "#ingest/command/command.ts";
import { copyKind, notBegun, readKind } from "#ingest/copy/copy-kind.ts";
import { prepareCopy } from "#ingest/copy/prepare-copy.ts";
import {
  type KindProgress,
  type Transfer,
  type TransferKind,
  transferKinds,
  type TransferProgress,
} from "#lib/storage/transfer.ts";

/** How far the copy has come, told after each round. */
export interface CopyStage {
  readonly doing: "copying" | "checking";
  readonly kind: TransferKind;
  readonly done: number;
  readonly total: number;
  /** Of those, before this run. */
  readonly before: number;
}

export interface CopyOptions {
  readonly from: Transfer;
  readonly to: Transfer;
  /** Addresses, as people write them. */
  readonly fromText: string;
  readonly toText: string;
  readonly now: () => number;
  /** Set when it shall stop after the round it is in. */
  readonly signal: AbortSignal;
  tell(stage: CopyStage): void;
}

/** What stands in one store and not the same in the other. */
interface Difference {
  readonly kind: TransferKind;
  readonly source: Pick<KindProgress, "count" | "checksum">;
  readonly target: Pick<KindProgress, "count" | "checksum">;
}

/** Progress is kept this often: what was written after it is written again, which changes nothing. */
const saveEveryMs = 500;

/**
 * Copies a whole store into an empty one, or goes on where an earlier copy stopped, and compares every kind by number and checksum.
 * Resolves to what was copied, also where that was done before; rejects with CommandError where it can't be, was stopped, or differs.
 */
export async function copyStore(options: CopyOptions): Promise<TransferProgress> {
  const { to, now } = options;
  const prepared = await prepareCopy(options);
  if (prepared.finishedAt !== null) return prepared;
  const copied = await copyAll(options, prepared);
  await to.complete();
  const differences = await compareAll(options, copied);
  if (differences.length > 0) throw differ(options, differences);
  const finished = { ...copied, finishedAt: now() };
  await to.saveProgress(finished);
  return finished;
}

async function copyAll(options: CopyOptions, prepared: TransferProgress): Promise<TransferProgress> {
  const { from, to, signal, tell } = options;
  let progress = prepared;
  let savedAt = performance.now();
  for (const kind of transferKinds) {
    const begun = progress.kinds[kind] ?? notBegun;
    const total = progress.expected[kind] ?? 0;
    await copyKind(kind, {
      from,
      to,
      begun,
      async heed(reached) {
        progress = { ...progress, kinds: { ...progress.kinds, [kind]: reached } };
        if (reached.done || signal.aborted || performance.now() - savedAt > saveEveryMs) {
          await to.saveProgress(progress);
          savedAt = performance.now();
        }
        tell({ doing: "copying", kind, done: reached.count, total, before: begun.count });
        return !signal.aborted;
      },
    });
    if (signal.aborted) throw stopped(options);
  }
  return progress;
}

async function compareAll(options: CopyOptions, copied: TransferProgress): Promise<readonly Difference[]> {
  const { from, to, signal, tell } = options;
  const differences: Difference[] = [];
  for (const kind of transferKinds) {
    const { count, checksum } = copied.kinds[kind] ?? notBegun;
    const held = await readKind(kind, to, async (reached) => {
      tell({ doing: "checking", kind, done: reached.count, total: count, before: 0 });
      return !signal.aborted;
    });
    if (signal.aborted) throw stopped(options);
    // Counted as well: what reading leaves out, a checksum of what was read can't show.
    const source = { count: await from.kinds[kind].count(), checksum };
    const target = { count: await to.kinds[kind].count(), checksum: held.checksum };
    const isSame = source.count === count && target.count === count && held.count === count;
    if (!isSame || source.checksum !== target.checksum) differences.push({ kind, source, target });
  }
  return differences;
}

const stopped = ({ fromText, toText }: CopyOptions): CommandError =>
  new CommandError(
    `Stopped. What was copied is kept; go on with the same command: npm run hopline -- copy --from ${fromText} --to ${toText}`,
  );

const differ = ({ fromText, toText }: CopyOptions, differences: readonly Difference[]): CommandError => {
  const lines = differences.map(({ kind, source, target }) =>
    source.count === target.count
      ? `  ${kind}: ${source.count} in both, and not the same`
      : `  ${kind}: ${source.count} in the source, ${target.count} in the target`,
  );
  return new CommandError(
    `The copy is not the same as what was copied, and can't be used:\n${lines.join("\n")}\nEmpty the target and copy again, with everything that uses either store stopped.`,
    { result: { from: fromText, to: toText, differences } },
  );
};
