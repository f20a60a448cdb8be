import { setImmediate } from "node:timers/promises";
import { addToChecksum, emptyChecksum } from "#ingest/copy/checksum.ts";
import type { KindProgress, Transfer, Transferred, TransferItems, TransferKind } from "#lib/storage/transfer.ts";

/** Items of one round: events may weigh a mebibyte each. */
const itemsPerRound = { event: 250, deadLetter: 250, unit: 500 } as const;
const otherItemsPerRound = 1_000;

export const notBegun: KindProgress = { after: null, done: false, count: 0, checksum: emptyChecksum };

/** Called after each round; answers false to stop there. */
type Heed = (progress: KindProgress) => Promise<boolean>;

const roundOf = (kind: TransferKind): number =>
  kind === "event" || kind === "deadLetter" || kind === "unit" ? itemsPerRound[kind] : otherItemsPerRound;

/** Goes through one kind from where it stopped; each page goes to `take`. */
const go = async (
  kind: TransferKind,
  from: Transferred<TransferItems[TransferKind]>,
  begun: KindProgress,
  take: (items: readonly TransferItems[TransferKind][]) => Promise<void>,
  heed: Heed,
): Promise<void> => {
  let progress = begun;
  while (!progress.done) {
    const { items, next } = await from.read(progress.after, roundOf(kind));
    await take(items);
    progress = { ...addToChecksum(kind, progress, items), after: next, done: next === null };
    // The embedded store answers without waiting: signals would never be heard.
    await setImmediate();
    if (!(await heed(progress))) return;
  }
};

export const copyKind = async (
  kind: TransferKind,
  {
    from,
    to,
    begun,
    heed,
  }: { readonly from: Transfer; readonly to: Transfer; readonly begun: KindProgress; heed: Heed },
): Promise<void> => {
  // Both are of the same kind; the compiler knows of each only that it is of some.
  const target: Transferred<TransferItems[TransferKind]> = to.kinds[kind];
  await go(kind, from.kinds[kind], begun, async (items) => target.write(items), heed);
};

/** What a store holds of a kind, by reading all of it. */
export const readKind = async (kind: TransferKind, store: Transfer, heed: Heed): Promise<KindProgress> => {
  let reached = notBegun;
  await go(
    kind,
    store.kinds[kind],
    notBegun,
    async () => undefined,
    async (progress) => {
      reached = progress;
      return await heed(progress);
    },
  );
  return reached;
};
