import {
  CommandError,
  textOption,
  type Command,
  type CommandContext,
  type CommandInput,
} from "#ingest/command/command.ts";
import { checkSecrets, tellBelongings } from "#ingest/copy/belongings.ts";
import { copyStore, type CopyStage } from "#ingest/copy/copy-store.ts";
import { kindNames, toCountText, toStageLine } from "#ingest/copy/stage-line.ts";
import { parseStoreAddress, type StoreAddress } from "#ingest/copy/store-address.ts";
import { openTransfer } from "#lib/storage/open.ts";
import { transferKinds, type Transfer, type TransferProgress } from "#lib/storage/transfer.ts";

export const copy: Command = {
  name: "copy",
  usage: "--from sqlite:DIR|elasticsearch:URL --to sqlite:DIR|elasticsearch:URL",
  summary:
    "copy everything kept from one store into another, empty one, with workers and consoles of both stopped; the same command goes on where it was stopped; DIR is a HOPLINE_HOME; of a cluster, credentials, prefix and replicas are those of ELASTICSEARCH_…",
  options: { from: { type: "string" }, to: { type: "string" } },
  async run(input, context) {
    const from = addressOf(input, "from", context);
    const to = addressOf(input, "to", context);
    if (from.text === to.text) throw new CommandError("--from and --to are the same store");
    const secret = checkSecrets(from, to);
    const progress = await withBoth(from, to, context, async (stores) => run(stores, { from, to }, context));
    const goAlong = tellBelongings(from, to, secret);
    const { startedAt, finishedAt } = progress;
    const copied = Object.fromEntries(
      transferKinds.map((kind) => [
        kind,
        { count: progress.kinds[kind]?.count, checksum: progress.kinds[kind]?.checksum },
      ]),
    );
    return {
      result: { from: from.text, to: to.text, startedAt, finishedAt, copied, secret, goAlong },
      text: describe({ from, to }, progress, goAlong),
    };
  },
};

interface Sides {
  readonly from: StoreAddress;
  readonly to: StoreAddress;
}

const addressOf = (input: CommandInput, name: "from" | "to", { settings }: CommandContext): StoreAddress => {
  const address = parseStoreAddress(textOption(input, name) ?? "", settings);
  if (address !== null) return address;
  throw new CommandError(`--${name} is a store: write sqlite:DIR or elasticsearch:URL`, { usage: true });
};

const withBoth = async <Result>(
  from: StoreAddress,
  to: StoreAddress,
  { now }: CommandContext,
  work: (stores: { readonly from: Transfer; readonly to: Transfer }) => Promise<Result>,
): Promise<Result> => {
  const source = await openTransfer(from.place, { role: "source", now });
  try {
    const target = await openTransfer(to.place, { role: "target", now });
    try {
      return await work({ from: source, to: target });
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
};

/** Ctrl-C, or the end of the terminal, lets it finish the round it is in. */
const run = async (
  stores: { readonly from: Transfer; readonly to: Transfer },
  { from, to }: Sides,
  context: CommandContext,
): Promise<TransferProgress> => {
  const stopping = new AbortController();
  const stop = (): void => {
    stopping.abort();
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.on(signal, stop);
  const { signal } = stopping;
  const texts = { fromText: from.text, toText: to.text };
  try {
    return await copyStore({ ...stores, ...texts, now: () => context.now(), signal, tell: teller(context) });
  } finally {
    for (const each of signals) process.off(each, stop);
    context.showProgress(null);
  }
};

/** Times each kind by itself: from when the one before was done. */
const teller = (context: CommandContext): ((stage: CopyStage) => void) => {
  let current = "";
  let since = performance.now();
  let toldAt = since;
  return (stage) => {
    const name = `${stage.doing} ${stage.kind}`;
    if (name !== current) since = toldAt;
    current = name;
    toldAt = performance.now();
    context.showProgress(toStageLine(stage, toldAt - since));
  };
};

const describe = ({ from, to }: Sides, progress: TransferProgress, goAlong: readonly string[]): string =>
  [
    `Copied ${from.text} to ${to.text}; every kind was counted and compared.`,
    ...transferKinds.flatMap((kind) => {
      const count = progress.kinds[kind]?.count ?? 0;
      return count === 0 ? [] : [`  ${kindNames[kind]}: ${toCountText(count)}`];
    }),
    ...goAlong,
  ].join("\n");
