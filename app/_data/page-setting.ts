import "server-only";
import { connection } from "next/server";
import { cache } from "react";
import type { Clock } from "#lib/time-text/time-text.ts";
import { currentConsole } from "#app/_data/console.ts";
import { browserPreferences, type Theme } from "#app/_data/preferences.ts";
import { currentViewer, type Viewer } from "#app/_data/session.ts";
import { StorageError } from "#lib/storage/storage-error.ts";

/** The page that says that the store is away is drawn all the same. */
const viewerIfTold = async (): Promise<Viewer | null> => {
  try {
    return await currentViewer();
  } catch (error) {
    if (error instanceof StorageError && error.retryable) return null;
    throw error;
  }
};

/** Language, theme, zone and the moment of this page: of whoever is signed in, else of the browser. One moment a request. */
export const pageSetting = cache(async (): Promise<{ clock: Clock; theme: Theme | null }> => {
  // no page is drawn at build time: there is no console then, and no nonce
  await connection();
  const { now, settings } = currentConsole();
  const viewer = await viewerIfTold();
  const { language, theme, timeZone } = viewer ?? { ...(await browserPreferences()), timeZone: settings.timeZone };
  return { clock: { now: now(), timeZone, language }, theme };
});
