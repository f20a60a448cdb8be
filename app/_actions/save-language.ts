"use server";

import { languageCookie, toLanguage } from "#app/_data/preferences.ts";
import { savePreference } from "#app/_data/save-preference.ts";

/** Remembers a language: for the person who is signed in, and for this browser. */
export const saveLanguage = async (sent: string): Promise<void> => {
  const language = toLanguage(sent);
  if (language !== null) await savePreference({ cookie: languageCookie, value: language, change: { language } });
};
