import type { estypes } from "@elastic/elasticsearch";
import type { Cluster } from "#lib/storage/elasticsearch/cluster.ts";
import type { KeptEntry } from "#lib/storage/elasticsearch/control/audit-chain.ts";
import { auditSchema } from "#lib/storage/elasticsearch/control/schema.ts";

type Head = Pick<KeptEntry, "process" | "sequence" | "hash">;

const chainsPerPage = 1_000;

/** The last entry of every chain, by chain; with `since` of those that have one of then or later. */
export async function readHeads(cluster: Cluster, since: number | undefined): Promise<readonly Head[]> {
  if (since === undefined) return await lastOfEach(cluster, []);
  // First which chains, then their last entries: one written for a dead process may be older than those before it.
  const grown = await lastOfEach(cluster, [{ range: { at: { gte: since } } }]);
  return await lastOfEach(cluster, [{ terms: { process: grown.map(({ process }) => process) } }]);
}

async function lastOfEach(cluster: Cluster, filter: estypes.QueryDslQueryContainer[]): Promise<readonly Head[]> {
  const heads: Head[] = [];
  for (let after = ""; ;) {
    const { hits } = await cluster.search<KeptEntry>(cluster.aliasOf(auditSchema), {
      query: { bool: { filter } },
      collapse: { field: "process", inner_hits: { name: "last", size: 1, sort: [{ sequence: "desc" }] } },
      sort: [{ process: "asc" }],
      search_after: [after],
      size: chainsPerPage,
      _source: false,
    });
    for (const hit of hits.hits) {
      const entry = asEntry(hit.inner_hits?.["last"]?.hits.hits[0]?._source);
      if (entry === null) continue;
      const { process, sequence, hash } = entry;
      heads.push({ process, sequence, hash });
      after = process;
    }
    if (hits.hits.length < chainsPerPage) return heads;
  }
}

/** Only entries stand behind the alias. */
const asEntry = (source: unknown): KeptEntry | null => (source === undefined ? null : (source as KeptEntry));
