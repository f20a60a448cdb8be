"use server";

import { themeCookie, toTheme } from "#app/_data/preferences.ts";
import { savePreference } from "#app/_data/save-preference.ts";

/** Remembers a theme: for the person who is signed in, and for this browser. Anything but light and dark: as the system. */
export const saveTheme = async (sent: string): Promise<void> => {
  const theme = toTheme(sent);
  await savePreference({ cookie: themeCookie, value: theme, change: { theme } });
};
