import type { ClusterSettings } from "#lib/storage/elasticsearch/cluster.ts";
import { openControlStorage } from "#lib/storage/elasticsearch/control/open-control-storage.ts";
import { refuseUnfinishedCopy } from "#lib/storage/elasticsearch/control/transfer/copy-progress.ts";
import { openEventStorage } from "#lib/storage/elasticsearch/event-storage.ts";
import { openCheckedCluster } from "#lib/storage/elasticsearch/open-checked-cluster.ts";
import type { ControlStorage, EventStorage } from "#lib/storage/storage.ts";

interface OpenOptions {
  readonly now: () => number;
}

/** The control store of a cluster, with a connection of its own. */
export async function openClusterControl(
  settings: ClusterSettings,
  options: OpenOptions & { readonly mode: "worker" | "console" | "command" },
): Promise<ControlStorage> {
  const cluster = await openCheckedCluster(settings);
  return closingWith(cluster, async () => openControlStorage({ cluster, ...options }));
}

/** The event store of a cluster, with a connection of its own. StorageError `conflict` where a copy into it was not finished. */
export async function openClusterEvents(settings: ClusterSettings, { now }: OpenOptions): Promise<EventStorage> {
  const cluster = await openCheckedCluster(settings);
  return closingWith(cluster, async () => {
    await refuseUnfinishedCopy(cluster);
    return openEventStorage({ cluster, now });
  });
}

/** What is opened on a connection closes it, and where it can't be opened it is closed at once. */
async function closingWith<Storage extends { close(): Promise<void> }>(
  connection: { close(): Promise<void> },
  open: () => Promise<Storage>,
): Promise<Storage> {
  try {
    const storage = await open();
    return {
      ...storage,
      async close() {
        try {
          await storage.close();
        } finally {
          await connection.close();
        }
      },
    };
  } catch (error) {
    await connection.close();
    throw error;
  }
}
