import { type Key, toKeyId } from "#lib/key/key.ts";
import type { Cluster } from "#lib/storage/elasticsearch/cluster.ts";
import { type KeyDocument, keyDocumentId, keySchema, toKeyDocument } from "#lib/storage/elasticsearch/key-document.ts";
import { type Merge, mergeDocuments } from "#lib/storage/elasticsearch/merge-documents.ts";
import { createRecent } from "#lib/storage/elasticsearch/recent.ts";
import { StorageError } from "#lib/storage/storage-error.ts";

/** Keys that can be searched for. */
export interface KnownKeys {
  learn(keys: readonly Key[], day: number): Promise<void>;
  forget(keys: readonly Key[]): Promise<void>;
  /** What others have forgotten meanwhile has to be learned again. */
  clear(): void;
}

export function createKnownKeys(cluster: Cluster): KnownKeys {
  const index = cluster.indexOf(keySchema);
  const recent = createRecent();
  return {
    async learn(keys, day) {
      const fresh = keys.filter((key) => !recent.has(toKeyId(key), day));
      const outcomes = await cluster.write(
        fresh.map((key) => ({ kind: "create", index, id: keyDocumentId(key), source: toKeyDocument(key, day) })),
      );
      const older = new Map<string, Merge<KeyDocument>>();
      for (const [at, outcome] of outcomes.entries()) {
        const key = fresh[at];
        if (outcome.status === "refused")
          throw new StorageError("damaged", `write ${index}: ${outcome.refusal.type}, ${outcome.refusal.reason}`);
        if (outcome.status === "conflict" && key !== undefined)
          older.set(keyDocumentId(key), (kept) => (kept !== null && kept.day >= day ? null : toKeyDocument(key, day)));
      }
      await mergeDocuments(cluster, index, older);
      for (const key of fresh) recent.add(toKeyId(key), day);
    },
    async forget(keys) {
      recent.clear();
      await cluster.write(keys.map((key) => ({ kind: "delete", index, id: keyDocumentId(key) })));
    },
    clear: () => recent.clear(),
  };
}
