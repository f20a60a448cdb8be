import "server-only";
import { cookies, headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { checkToken } from "#lib/access/check-token.ts";
import { mayDo, type Permission } from "#lib/access/permission.ts";
import type { Role } from "#lib/access/role.ts";
import { isSessionAlive } from "#lib/access/session.ts";
import { bearerSecretOf, hashTokenSecret } from "#lib/access/token-secret.ts";
import { ReadError } from "#lib/api/problem.ts";
import type { User } from "#lib/storage/access.ts";
import type { Language } from "#lib/time-text/duration-text.ts";
import { currentConsole } from "#app/_data/console.ts";
import { browserPreferences, type Theme } from "#app/_data/preferences.ts";
import { readSessionCookie, sessionCookieName } from "#app/_data/session-cookie.ts";

/** Who asks, as loaders and actions know them. */
export interface Viewer {
  /** Of the account; null for a token. */
  readonly id: string | null;
  readonly name: string;
  readonly role: Role;
  readonly language: Language;
  readonly theme: Theme | null;
  readonly timeZone: string;
  readonly singleKeys: boolean;
  readonly via: "session" | "token";
  /** Which sign-in it is; null for a token. */
  readonly session: string | null;
  /** As audit entries name them: `li`, `token:reports`. */
  readonly by: string;
}

const viewerOfCookie = async (value: string | undefined): Promise<Viewer | null> => {
  const { control, now } = currentConsole();
  const claims = await readSessionCookie(value);
  if (claims === null) return null;
  const user = await control.access.findUser(claims.userId);
  if (user === null || !isSessionAlive(claims, user, now())) return null;
  return toViewer(user, `${user.id} ${claims.signedInAt}`);
};

const toViewer = async (user: User, session: string): Promise<Viewer> => {
  const browser = await browserPreferences();
  return {
    id: user.id,
    name: user.name,
    role: user.role,
    language: user.language ?? browser.language,
    theme: user.theme ?? browser.theme,
    timeZone: user.timeZone ?? currentConsole().settings.timeZone,
    singleKeys: user.singleKeys,
    via: "session",
    session,
    by: user.name,
  };
};

/** Whoever is signed in, checked against the store once a request; null for nobody. */
export const currentViewer = cache(async (): Promise<Viewer | null> =>
  viewerOfCookie((await cookies()).get(sessionCookieName())?.value),
);

/**
 * For pages and actions. Nobody is sent to the sign-in page and comes back; a role that may not do it gets "not found",
 * which says that roles differ.
 */
export const requireViewer = async (permission: Permission): Promise<Viewer> => {
  const viewer = await currentViewer();
  if (viewer === null) {
    const path = (await headers()).get("x-hopline-path") ?? "/";
    redirect(path === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(path)}`);
  }
  if (!mayDo(viewer.role, permission)) notFound();
  return viewer;
};

const viewerOfToken = async (secret: string): Promise<Viewer> => {
  const { control, settings, now } = currentConsole();
  const token = await control.access.findToken(hashTokenSecret(secret));
  const problem = checkToken(token, "read", now());
  if (problem === "scope") throw new ReadError("forbidden", "The token does not have the scope read.");
  if (token === null || problem !== null) {
    throw new ReadError("unauthorized", "The token is not known, has expired or was revoked.");
  }
  const { language, theme } = await browserPreferences();
  const { name, role } = token;
  return {
    id: null,
    name,
    role,
    language,
    theme,
    timeZone: settings.timeZone,
    singleKeys: true,
    via: "token",
    session: null,
    by: `token:${name}`,
  };
};

/**
 * For API routes: a Bearer token with the scope `read`, else the session cookie. Throws ReadError `unauthorized` (401) or
 * `forbidden` (403). A token that is no good is refused even beside a good cookie.
 */
export const viewerOfRequest = async (request: Request, permission: Permission = "records.read"): Promise<Viewer> => {
  const authorization = request.headers.get("authorization");
  let viewer: Viewer | null;
  if (authorization === null) {
    viewer = await currentViewer();
  } else {
    const secret = bearerSecretOf(authorization);
    if (secret === null) throw new ReadError("unauthorized", "Send Authorization: Bearer with a token of Hopline.");
    viewer = await viewerOfToken(secret);
  }
  if (viewer === null) throw new ReadError("unauthorized", "Sign in, or send Authorization: Bearer with a token.");
  if (!mayDo(viewer.role, permission)) throw new ReadError("forbidden", `The role ${viewer.role} may not do this.`);
  return viewer;
};
