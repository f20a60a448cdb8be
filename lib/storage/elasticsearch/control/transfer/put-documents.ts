import type { Cluster } from "#lib/storage/elasticsearch/cluster.ts";
import { controlSchema } from "#lib/storage/elasticsearch/control/schema.ts";
import { StorageError } from "#lib/storage/storage-error.ts";

/** A document of the control index as the ports of this room find it. */
export interface PutDocument {
  readonly id: string;
  readonly kind: string;
  readonly flow?: string;
  readonly at?: number;
  readonly value: object;
}

/** Writes documents whole, whatever stands there: for a copy, which nobody else writes beside. Any change of a ledger is later than they. */
export async function putDocuments(cluster: Cluster, documents: readonly PutDocument[]): Promise<void> {
  const index = cluster.indexOf(controlSchema);
  const outcomes = await cluster.write(
    documents.map(({ value, ...marks }) => {
      const source = { ...marks, number: 0, kept: JSON.stringify(value) };
      return { kind: "index", index, id: marks.id, source };
    }),
  );
  for (const [place, outcome] of outcomes.entries()) {
    if (outcome.status === "refused")
      throw new StorageError("damaged", `write ${documents[place]?.id ?? ""}: ${outcome.refusal.reason}`);
  }
}

/** All of a kind in one page: as many as people make. */
export const inOnePage = <Item>(list: () => Promise<readonly Item[]>) => ({
  count: async () => (await list()).length,
  read: async () => ({ items: await list(), next: null }),
});
