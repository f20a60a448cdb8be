import type { Cluster } from "#lib/storage/elasticsearch/cluster.ts";
import { StorageError } from "#lib/storage/storage-error.ts";

/** What a document shall become: not there any more. */
export const gone = "gone";
export type Gone = typeof gone;

/** What a document shall be, told what it is now (null: not there); null where it may stay as it is. */
export type Merge<Document extends object> = (kept: Document | null) => Document | Gone | null;

/** Somebody else's write may come in between so often before it is called trouble. */
const mostRounds = 100;
const longestPauseMs = 200;

/** Writes documents over what they are, each over what was read of it; again where another writer was faster. */
export async function mergeDocuments<Document extends object>(
  cluster: Cluster,
  index: string,
  merges: ReadonlyMap<string, Merge<Document>>,
): Promise<void> {
  let waiting = [...merges];
  for (let round = 0; waiting.length > 0; round += 1) {
    // Those who met once would meet again.
    if (round > 0) await pause(Math.min(longestPauseMs, 2 ** round) * Math.random());
    if (round === mostRounds)
      throw new StorageError("unavailable", `write ${index}: others write the same all the time`);
    const kept = await cluster.getMany<Document>(
      index,
      waiting.map(([id]) => id),
    );
    const changed = waiting.flatMap(([id, merge]) => {
      const found = kept.get(id) ?? null;
      const source = merge(found?.source ?? null);
      return source === null || (source === gone && found === null) ? [] : [{ id, merge, found, source }];
    });
    const outcomes = await cluster.write(
      changed.map(({ id, found, source }) => {
        const revision = found === null ? null : { seqNo: found.seqNo, primaryTerm: found.primaryTerm };
        if (source === gone) return { kind: "delete", index, id, ...(revision === null ? {} : { revision }) };
        return revision === null
          ? { kind: "create", index, id, source }
          : { kind: "index", index, id, source, revision };
      }),
    );
    for (const outcome of outcomes)
      if (outcome.status === "refused")
        throw new StorageError("damaged", `write ${index}: ${outcome.refusal.type}, ${outcome.refusal.reason}`);
    waiting = changed
      .flatMap(({ id, merge }, at) => (outcomes[at]?.status === "done" ? [] : [[id, merge] as const]))
      .map(([id, merge]) => [id, merge]);
  }
}

const pause = (durationMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, durationMs));
