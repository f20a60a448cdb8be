import { hashTokenSecret, newLinkSecret } from "#lib/access/token-secret.ts";
import type { ConsoleContext } from "#app/_server/console-context.ts";

const goodForMs = 60 * 60_000;

/** While no account exists: a new one-time link that creates the administrator, for the terminal only. Null once there is an account. */
export const offerSetUp = async (
  { control, now }: Pick<ConsoleContext, "control" | "now">,
  publicUrl: string,
): Promise<string | null> => {
  if ((await control.access.countUsers()) > 0) return null;
  const secret = newLinkSecret();
  await control.access.saveSetupLink(hashTokenSecret(secret), now() + goodForMs);
  return `${publicUrl}/set-up?key=${secret}`;
};
