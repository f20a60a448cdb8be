import { aliasListSchema } from "#lib/storage/elasticsearch/alias-list.ts";
import type { Cluster } from "#lib/storage/elasticsearch/cluster.ts";
import { mergeDocuments } from "#lib/storage/elasticsearch/merge-documents.ts";

/** Tells when anything was forgotten: what a process remembers to have written may be gone by another's doing. */
export interface Forgotten {
  note(): Promise<void>;
  /** Since it was asked last. */
  hasChanged(): Promise<boolean>;
}

interface Times {
  readonly flow: string;
  readonly kept: string;
}

/** Beside the lists: they are read by id only. */
const id = "forgotten";

export function createForgotten(cluster: Cluster): Forgotten {
  const index = cluster.indexOf(aliasListSchema);
  let known: string | null = null;
  return {
    async note() {
      const next = (times: Times | null): Times => ({ flow: "", kept: String(Number(times?.kept ?? "0") + 1) });
      await mergeDocuments<Times>(cluster, index, new Map([[id, next]]));
    },
    async hasChanged() {
      const times = (await cluster.get<Times>(index, id))?.source.kept ?? "0";
      const hasChanged = known !== null && known !== times;
      known = times;
      return hasChanged;
    },
  };
}
