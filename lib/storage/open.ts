import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { StorageError } from "#lib/storage/storage-error.ts";
import type { ClusterSettings } from "#lib/storage/elasticsearch/cluster.ts";
import type { ControlStorage, EventStorage } from "#lib/storage/storage.ts";
import { backupControlStorage } from "#lib/storage/sqlite/control/backup-control-storage.ts";
import { openControlStorage } from "#lib/storage/sqlite/control/open-control-storage.ts";
import { refuseUnfinishedCopy as refuseUnfinishedHome } from "#lib/storage/sqlite/control/transfer/copy-progress.ts";
import type { Transfer } from "#lib/storage/transfer.ts";
import { openEventStorage } from "#lib/storage/sqlite/event-storage.ts";
import { takeWriterLock } from "#lib/storage/sqlite/writer-lock.ts";

/** Which store: the part of the settings that says so. */
export interface Place {
  readonly home: string;
  readonly elasticsearch: ClusterSettings | null;
}

export interface OpenOptions {
  readonly mode: "worker" | "console" | "command";
  readonly now: () => number;
}

/** Loaded where it is asked for: its client is larger than the rest of a command, and most installations have no cluster. */
const clusterAdapter = async () => import("#lib/storage/elasticsearch/open-storage.ts");

/** A home that a copy began to fill, and did not finish, opens for nobody: StorageError `conflict`. A cluster says so when it is opened. */
export const refuseUnfinishedCopy = (place: Place): void => {
  if (place.elasticsearch === null) refuseUnfinishedHome(place.home);
};

/** Accounts, tokens, definitions, audit, requests: any process may open them, the others running or not. */
export const openControl = async (place: Place, { mode, now }: OpenOptions): Promise<ControlStorage> => {
  refuseUnfinishedCopy(place);
  if (place.elasticsearch === null) return openControlStorage({ directory: place.home, mode, now });
  const { openClusterControl } = await clusterAdapter();
  return await openClusterControl(place.elasticsearch, { mode, now });
};

/**
 * Events and what is derived from them. One writer a home, the worker (of a cluster any number, each with a home of its own); readers in any
 * process, also where nothing has been kept yet.
 */
export const openEvents = async (
  place: Place,
  { mode, now }: { readonly mode: "writer" | "reader"; readonly now: () => number },
): Promise<EventStorage> => {
  if (place.elasticsearch === null) return openEventStorage({ directory: join(place.home, "events"), mode, now });
  const unlock = mode === "writer" ? lockSpool(place.home) : () => undefined;
  try {
    const { openClusterEvents } = await clusterAdapter();
    const events = await openClusterEvents(place.elasticsearch, { now });
    return {
      ...events,
      async close() {
        await events.close();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
};

/** What a worker spools stands in its home: two on one home would drain each other's. */
const lockSpool = (home: string): (() => void) => {
  const directory = join(home, "spool");
  mkdirSync(directory, { recursive: true });
  return takeWriterLock(directory);
};

export interface Storage {
  readonly events: EventStorage;
  readonly control: ControlStorage;
  close(): Promise<void>;
}

/** Both stores: the worker writes events, everybody else reads them. */
export const openStorage = async (place: Place, { mode, now }: OpenOptions): Promise<Storage> => {
  const control = await openControl(place, { mode, now });
  try {
    const events = await openEvents(place, { mode: mode === "worker" ? "writer" : "reader", now });
    return {
      events,
      control,
      async close() {
        await events.close();
        await control.close();
      },
    };
  } catch (error) {
    await control.close();
    throw error;
  }
};

/** Copies both stores of a home into an existing directory, each file as of one moment, while the worker and others go on. */
export const backupStorage = async (place: Place, to: string): Promise<{ readonly sizeBytes: number }> => {
  if (place.elasticsearch !== null)
    throw new StorageError(
      "conflict",
      `Everything is kept in Elasticsearch: back up its indices ${place.elasticsearch.prefix}-* with a snapshot of the cluster (PUT _snapshot/REPOSITORY/NAME), and the secret and the flow files as files; or copy everything into a folder: hopline copy --from elasticsearch:URL --to sqlite:DIR.`,
    );
  // First: what it says is done with the events must be done in the copy of the events as well.
  backupControlStorage(place.home, to);
  // Only the worker copies: the console's bundle need not hold the thread that does.
  const { backupEventStorage } = await import(
    /* turbopackIgnore: true */ /* webpackIgnore: true */ "#lib/storage/sqlite/backup.ts"
  );
  return await backupEventStorage(join(place.home, "events"), join(to, "events"));
};

/** A whole store, to copy it or to be filled by a copy; see the port. */
export const openTransfer = async (
  place: Place,
  { role, now }: { readonly role: "source" | "target"; readonly now: () => number },
): Promise<Transfer> => {
  // Only the command that copies: the console's bundle need not hold it.
  if (place.elasticsearch !== null) {
    const { openClusterTransfer } = await import(
      /* turbopackIgnore: true */ /* webpackIgnore: true */ "#lib/storage/elasticsearch/transfer/open-transfer.ts"
    );
    return await openClusterTransfer({ settings: place.elasticsearch, role, now });
  }
  const { openSqliteTransfer } = await import(
    /* turbopackIgnore: true */ /* webpackIgnore: true */ "#lib/storage/sqlite/transfer/open-transfer.ts"
  );
  return openSqliteTransfer({ directory: place.home, role, now });
};
