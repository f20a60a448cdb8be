import { StorageError } from "#lib/storage/storage-error.ts";
import type { ControlStorage } from "#lib/storage/storage.ts";
import { openControlStorage } from "#lib/storage/sqlite/control/open-control-storage.ts";

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
