import type { Definitions } from "#lib/storage/definitions.ts";
import { StorageError } from "#lib/storage/storage-error.ts";

/** Under which a store keeps what tells its secret from others, and says nothing else about it. */
export const secretSetting = "secret_check";

/**
 * Whether a store belongs to the secret that `check` was made from; one that belongs to none yet does from now on. Rejects with StorageError
 * `conflict` where it was begun with another: masked values, content hashes, searches by phone number and sessions would differ, and nobody
 * would notice.
 */
export async function checkSecret(
  definitions: Pick<Definitions, "claimSetting">,
  check: string,
  file: string,
): Promise<void> {
  if ((await definitions.claimSetting(secretSetting, check)) === check) return;
  throw new StorageError(
    "conflict",
    `${file} is another secret than the one this store was begun with: put the original file back, or set HOPLINE_SECRET_FILE to it; every worker and console of one store needs the same. If it is lost, "npm run hopline -- secret replace" goes on with this one: what was masked and hashed before is not known again then.`,
  );
}
