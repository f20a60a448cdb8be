import "server-only";
import { connection } from "next/server";
import { cache } from "react";
import type { Clock } from "#lib/time-text/time-text.ts";
import { currentConsole } from "#app/_data/console.ts";
import { browserPreferences, type Theme } from "#app/_data/preferences.ts";
import { currentViewer } from "#app/_data/session.ts";

/** Language, theme, zone and the moment of this page: of whoever is signed in, else of the browser. One moment a request. */
export const pageSetting = cache(async (): Promise<{ clock: Clock; theme: Theme | null }> => {
  // no page is drawn at build time: there is no console then, and no nonce
  await connection();
  const { now, settings } = currentConsole();
  const viewer = await currentViewer();
  const { language, theme, timeZone } = viewer ?? { ...(await browserPreferences()), timeZone: settings.timeZone };
  return { clock: { now: now(), timeZone, language }, theme };
});
