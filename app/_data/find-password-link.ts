import "server-only";
import { hashTokenSecret } from "#lib/access/token-secret.ts";
import { currentConsole } from "#app/_data/console.ts";

/** Whose link it is; null where it no longer counts. The link is the permission. */
export async function findPasswordLink(key: string): Promise<string | null> {
  const { control, now } = currentConsole();
  return (await control.access.findPasswordLink(hashTokenSecret(key), now()))?.name ?? null;
}
