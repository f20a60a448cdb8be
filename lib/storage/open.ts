import { join } from "node:path";
import { StorageError } from "#lib/storage/storage-error.ts";
import type { ControlStorage, EventStorage } from "#lib/storage/storage.ts";
import { openControlStorage } from "#lib/storage/sqlite/control/open-control-storage.ts";
import { openEventStorage } from "#lib/storage/sqlite/event-storage.ts";

/** Which store: the part of the settings that says so. */
export interface Place {
  readonly home: string;
  readonly elasticsearch: object | null;
}

export interface OpenOptions {
  readonly mode: "worker" | "console" | "command";
  readonly now: () => number;
}

const refuseCluster = ({ elasticsearch }: Place): void => {
  if (elasticsearch === null) return;
  throw new StorageError(
    "unavailable",
    "ELASTICSEARCH_URL is set, but this version of Hopline has the embedded store only. Unset it to start.",
  );
};

/** Accounts, tokens, definitions, audit, requests: any process may open them, the others running or not. */
export const openControl = async (place: Place, { mode, now }: OpenOptions): Promise<ControlStorage> => {
  refuseCluster(place);
  return openControlStorage({ directory: place.home, mode, now });
};

/** Events and what is derived from them. One writer, the worker; readers in any process, also where nothing has been kept yet. */
export const openEvents = async (
  place: Place,
  { mode, now }: { readonly mode: "writer" | "reader"; readonly now: () => number },
): Promise<EventStorage> => {
  refuseCluster(place);
  return openEventStorage({ directory: join(place.home, "events"), mode, now });
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
