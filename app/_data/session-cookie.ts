import "server-only";
import { decode, type JWT } from "next-auth/jwt";
import type { SessionClaims } from "#lib/access/session.ts";
import { currentConsole } from "#app/_data/console.ts";

export const isSecureConsole = (): boolean => currentConsole().settings.publicUrl.startsWith("https://");

/** next-auth's own name: `__Secure-` where the console is reached by https. */
export const sessionCookieName = (): string => `${isSecureConsole() ? "__Secure-" : ""}next-auth.session-token`;

/** Key that session cookies are encrypted with; made from the installation's secret. */
export const sessionSecret = (): string => currentConsole().secret.keyFor("session").toString("base64url");

/** What stands in the cookie; null for anything that is not one of ours. */
export const toClaims = (token: JWT): SessionClaims | null => {
  const { sub, sessionVersion, signedInAt, lastUsedAt } = token;
  if (typeof sub !== "string" || typeof sessionVersion !== "number") return null;
  if (typeof signedInAt !== "number" || typeof lastUsedAt !== "number") return null;
  return { userId: sub, sessionVersion, signedInAt, lastUsedAt };
};

export const readSessionCookie = async (value: string | undefined): Promise<SessionClaims | null> => {
  if (value === undefined || value === "") return null;
  try {
    const token = await decode({ token: value, secret: sessionSecret() });
    return token === null ? null : toClaims(token);
  } catch {
    // expired, cut, or sealed with another key: nobody
    return null;
  }
};
