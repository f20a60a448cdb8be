import type { estypes } from "@elastic/elasticsearch";
import type { Cluster } from "#lib/storage/elasticsearch/cluster.ts";
import { entryHash, type KeptEntry } from "#lib/storage/elasticsearch/control/audit-chain.ts";
import { auditSchema } from "#lib/storage/elasticsearch/control/schema.ts";

export interface ChainPlace {
  readonly process: string;
  readonly sequence: number;
}

const perPage = 2_000;

async function* eachInOrder(cluster: Cluster): AsyncGenerator<KeptEntry> {
  let after: estypes.SortResults | undefined;
  for (;;) {
    const answer = await cluster.search<KeptEntry>(cluster.aliasOf(auditSchema), {
      sort: [{ process: "asc" }, { sequence: "asc" }],
      size: perPage,
      ...(after === undefined ? {} : { search_after: after }),
    });
    for (const { _source } of answer.hits.hits) if (_source !== undefined) yield _source;
    after = answer.hits.hits.at(-1)?.sort;
    if (after === undefined || answer.hits.hits.length < perPage) return;
  }
}

/** The first entry that does not follow from the one before it in its chain. */
export async function findBreak(cluster: Cluster): Promise<ChainPlace | null> {
  let process: string | null = null;
  let sequence = 0;
  let previous = "";
  for await (const entry of eachInOrder(cluster)) {
    if (entry.process !== process) {
      process = entry.process;
      sequence = 0;
      previous = "";
    }
    if (entry.sequence !== sequence + 1 || entry.hash !== entryHash(previous, entry))
      return { process, sequence: entry.sequence };
    sequence = entry.sequence;
    previous = entry.hash;
  }
  return null;
}
