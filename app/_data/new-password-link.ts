import "server-only";
import { hashTokenSecret, newLinkSecret } from "#lib/access/token-secret.ts";
import type { PasswordLink } from "#lib/storage/access.ts";
import { currentConsole } from "#app/_data/console.ts";

const goodForMs = 3 * 24 * 60 * 60_000;

/** A link by which a person chooses a password: what is kept of it, and what is handed over once. */
export const newPasswordLink = (): {
  readonly kept: PasswordLink;
  readonly link: string;
  readonly expiresAt: number;
} => {
  const { now, settings } = currentConsole();
  const secret = newLinkSecret();
  const expiresAt = now() + goodForMs;
  return {
    kept: { secretHash: hashTokenSecret(secret), expiresAt },
    link: `${settings.publicUrl}/new-password?key=${secret}`,
    expiresAt,
  };
};
