"use server";

import { currentConsole } from "#app/_data/console.ts";
import { requireViewer } from "#app/_data/session.ts";

/** Remembers a time zone with the account; anything that is none: the installation's. */
export const saveTimeZone = async (sent: unknown): Promise<void> => {
  const { id } = await requireViewer("profile.change");
  const { access } = currentConsole().control;
  const user = id === null ? null : await access.findUser(id);
  if (user === null) return;
  const { language, theme, singleKeys } = user;
  const timeZone = typeof sent === "string" && Intl.supportedValuesOf("timeZone").includes(sent) ? sent : null;
  await access.savePreferences(user.id, { language, theme, timeZone, singleKeys });
};
