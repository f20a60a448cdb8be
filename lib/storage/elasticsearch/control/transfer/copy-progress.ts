import type { Cluster } from "#lib/storage/elasticsearch/cluster.ts";
import { type Documents, openDocuments } from "#lib/storage/elasticsearch/control/documents.ts";
import { StorageError } from "#lib/storage/storage-error.ts";
import type { TransferProgress } from "#lib/storage/transfer.ts";

/** Beside the settings, and none of them: a copy of the store does not take it along. */
const place = "copy";

export const findCopyProgress = async (documents: Documents): Promise<TransferProgress | null> =>
  await documents.find<TransferProgress>(place);

export const saveCopyProgress = async (documents: Documents, progress: TransferProgress): Promise<void> => {
  await documents.set(place, { ...progress }, "copy");
};

/** Half a store answers wrong: nobody but the copy opens it (StorageError `conflict`). */
export async function refuseUnfinishedCopy(cluster: Cluster): Promise<void> {
  const progress = await findCopyProgress(openDocuments(cluster));
  if (progress === null || progress.finishedAt !== null) return;
  const { urls, prefix } = cluster.settings;
  throw new StorageError(
    "conflict",
    `${urls.join(", ")} (prefix ${prefix}) holds a part of ${progress.source} only: a copy was not finished. Go on with: npm run hopline -- copy --from ${progress.source} --to elasticsearch:${urls.join(",")}`,
  );
}
