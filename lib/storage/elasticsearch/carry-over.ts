import type { estypes } from "@elastic/elasticsearch";
import type { Cluster } from "#lib/storage/elasticsearch/cluster.ts";
import { StorageError } from "#lib/storage/storage-error.ts";

interface Upgrade {
  /** Indices of versions before, oldest first. */
  readonly older: readonly string[];
  readonly to: string;
  readonly alias: string;
  /** Fields of this version: what it no longer has is left behind. */
  readonly fields: readonly string[];
}

interface Move extends Omit<Upgrade, "older"> {
  readonly from: string;
}

const documentsPerPage = 1_000;
const keepAlive = "5m";

/**
 * Copies every document from the index that has the alias into that of this version, which is there and has none, and moves the alias to it.
 * The old index takes no writes from the beginning, and stays: a process of the version before that still runs can neither change nor lose
 * anything. Several processes may do the same at once, and one may go on where another died: each document is created once.
 */
export async function carryOver(cluster: Cluster, { older, ...upgrade }: Upgrade): Promise<void> {
  const { to, alias } = upgrade;
  const behind = await listBehind(cluster, alias);
  if (behind.includes(to)) return;
  const from = older.findLast((index) => behind.includes(index)) ?? older.at(-1);
  if (from === undefined) return;
  // Answered when the writes under way are done.
  await cluster.call(`close ${from} to writes`, async (client) =>
    client.indices.addBlock({ index: from, block: "write" }),
  );
  await cluster.call(`refresh ${from}`, async (client) => client.indices.refresh({ index: from }));
  if (!(await copy(cluster, { ...upgrade, from }))) return;
  await cluster.call(`refresh ${to}`, async (client) => client.indices.refresh({ index: to }));
  const [old, made] = [await count(cluster, from), await count(cluster, to)];
  if (made < old)
    throw new StorageError("damaged", `${to} holds ${made} documents of the ${old} in ${from}, which stays in use.`);
  await cluster.call(`move ${alias}`, async (client) =>
    client.indices.updateAliases({
      actions: [{ remove: { index: from, alias, must_exist: false } }, { add: { index: to, alias } }],
    }),
  );
  // Of those before it no process runs any more, and one that was never filled to the end is of no use.
  for (const index of older.filter((each) => each !== from))
    await cluster.call(`remove ${index}`, async (client) => client.indices.delete({ index, ignore_unavailable: true }));
}

const listBehind = async (cluster: Cluster, alias: string): Promise<readonly string[]> =>
  Object.keys(
    await cluster.call(`look at ${alias}`, async (client) =>
      client.indices.getAlias({ index: `${alias}-v*`, name: alias }),
    ),
  );

const count = async (cluster: Cluster, index: string): Promise<number> =>
  (await cluster.call(`count ${index}`, async (client) => client.count({ index }))).count;

/** False where another process was done with it first. */
async function copy(cluster: Cluster, { from, to, alias, fields }: Move): Promise<boolean> {
  const { id } = await cluster.call(`read ${from}`, async (client) =>
    client.openPointInTime({ index: from, keep_alive: keepAlive }),
  );
  try {
    for (let after: estypes.SortResults | undefined; ;) {
      const page = await cluster.call(`read ${from}`, async (client) =>
        client.search<object>({
          pit: { id, keep_alive: keepAlive },
          sort: ["_shard_doc"],
          size: documentsPerPage,
          track_total_hits: false,
          _source: [...fields],
          ...(after === undefined ? {} : { search_after: after }),
        }),
      );
      // What is written to the new index from the moment it is in use is not to be filled up from the old one.
      if ((await listBehind(cluster, alias)).includes(to)) return false;
      await writePage(cluster, to, page.hits.hits);
      after = page.hits.hits.at(-1)?.sort;
      if (after === undefined || page.hits.hits.length < documentsPerPage) return true;
    }
  } finally {
    await cluster.call(`read ${from}`, async (client) => client.closePointInTime({ id }));
  }
}

async function writePage(cluster: Cluster, to: string, hits: readonly estypes.SearchHit<object>[]): Promise<void> {
  const outcomes = await cluster.write(
    hits.map(({ _id, _source }) => ({ kind: "create", index: to, id: _id ?? "", source: _source ?? {} })),
  );
  for (const [place, outcome] of outcomes.entries()) {
    // A conflict: it was copied before.
    if (outcome.status !== "refused") continue;
    const { type, reason } = outcome.refusal;
    throw new StorageError("damaged", `${to} does not take ${hits[place]?._id ?? "a document"}: ${type}, ${reason}`);
  }
}
