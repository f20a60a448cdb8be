import { CommandError } from "#ingest/command/command.ts";
import type { CopyOptions } from "#ingest/copy/copy-store.ts";
import {
  controlKinds,
  eventKinds,
  type Transfer,
  type TransferKind,
  transferKinds,
  type TransferProgress,
} from "#lib/storage/transfer.ts";

type Counts = Readonly<Partial<Record<TransferKind, number>>>;

/**
 * Makes sure that the one may be copied into the other, keeps the source from changing, and says where to begin or go on. Resolves to a
 * finished progress where the same copy was finished before.
 */
export async function prepareCopy({ from, to, fromText, toText, now }: CopyOptions): Promise<TransferProgress> {
  const ofSource = await from.progress();
  if (ofSource !== null && ofSource.finishedAt === null)
    throw new CommandError(`${fromText} holds a part of ${ofSource.source} only: finish that copy first.`);
  const earlier = await to.progress();
  if (earlier !== null && earlier.source !== fromText)
    throw new CommandError(`${toText} holds a copy of ${earlier.source}. Name an empty target.`);
  if (earlier !== null && earlier.finishedAt !== null) return earlier;
  if (earlier === null) await refuseFilled(to, toText);
  if ((await from.countUnprojected(1)) > 0)
    throw new CommandError(
      `${fromText} holds events that its worker has not worked in yet. Start it once more (npm run hopline -- worker), stop it when it is ready, and copy then.`,
    );
  await from.hold(earlier === null ? toText : null);
  const counts = await countAll(from);
  const progress =
    earlier === null
      ? { source: fromText, startedAt: now(), finishedAt: null, expected: counts, kinds: {} }
      : goOn(earlier, counts, fromText);
  await to.saveProgress(progress);
  return progress;
}

async function refuseFilled(to: Transfer, toText: string): Promise<void> {
  const found = Object.entries(await countAll(to)).filter(([, count]) => count > 0);
  if (found.length === 0) return;
  const what = found.map(([kind, count]) => `${kind} ${count}`).join(", ");
  throw new CommandError(
    `${toText} is not empty (${what}). Name an empty target: nothing is ever copied over another store.`,
  );
}

/** What only the worker writes must be as it was; what people and commands changed since is copied anew. */
function goOn(earlier: TransferProgress, counts: Counts, fromText: string): TransferProgress {
  const changed = eventKinds.filter((kind) => counts[kind] !== earlier.expected[kind]);
  if (changed.length > 0) {
    const what = changed.map((kind) => `${kind} ${earlier.expected[kind]}, now ${counts[kind]}`).join("; ");
    throw new CommandError(
      `${fromText} has changed since the copy began (${what}). Empty the target and copy again, with the worker stopped until it is done.`,
    );
  }
  const kinds = Object.entries(earlier.kinds).filter(([kind]) => !controlKinds.some((each) => each === kind));
  return { ...earlier, expected: counts, kinds: Object.fromEntries(kinds) };
}

async function countAll(store: Transfer): Promise<Counts> {
  const counts: Partial<Record<TransferKind, number>> = {};
  for (const kind of transferKinds) counts[kind] = await store.kinds[kind].count();
  return counts;
}
