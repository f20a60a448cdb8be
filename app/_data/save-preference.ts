import "server-only";
import { cookies } from "next/headers";
import type { User } from "#lib/storage/access.ts";
import { currentConsole } from "#app/_data/console.ts";
import { isSecureConsole } from "#app/_data/session-cookie.ts";
import { currentViewer } from "#app/_data/session.ts";

const yearSeconds = 365 * 24 * 60 * 60;

/** Keeps a preference in the browser, where the sign-in page finds it, and with the account where somebody is signed in. */
export const savePreference = async ({
  cookie,
  value,
  change,
}: {
  readonly cookie: string;
  /** null forgets it. */
  readonly value: string | null;
  readonly change: Partial<Pick<User, "language" | "theme">>;
}): Promise<void> => {
  const jar = await cookies();
  const options = {
    path: "/",
    sameSite: "lax",
    secure: isSecureConsole(),
    httpOnly: true,
    maxAge: yearSeconds,
  } as const;
  if (value === null) jar.delete(cookie);
  else jar.set(cookie, value, options);
  const viewer = await currentViewer();
  if (viewer?.id === undefined || viewer.id === null) return;
  const { access } = currentConsole().control;
  const user = await access.findUser(viewer.id);
  if (user === null) return;
  const { language, theme, timeZone, singleKeys } = user;
  await access.savePreferences(viewer.id, { language, theme, timeZone, singleKeys, ...change });
};
