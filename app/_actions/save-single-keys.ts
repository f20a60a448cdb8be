"use server";

import { currentConsole } from "#app/_data/console.ts";
import { requireViewer } from "#app/_data/session.ts";

/** Remembers with the account whether single keys do anything. */
export const saveSingleKeys = async (sent: unknown): Promise<void> => {
  const { id } = await requireViewer("profile.change");
  const { access } = currentConsole().control;
  const user = id === null ? null : await access.findUser(id);
  if (user === null || typeof sent !== "boolean") return;
  const { language, theme, timeZone } = user;
  await access.savePreferences(user.id, { language, theme, timeZone, singleKeys: sent });
};
