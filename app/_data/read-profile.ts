import "server-only";
import type { Profile } from "#components/settings/profile-form.tsx";
import { currentConsole } from "#app/_data/console.ts";
import type { Viewer } from "#app/_data/session.ts";

/** What a person may choose for themselves, as it is now. */
export async function readProfile(viewer: Viewer): Promise<Profile> {
  const { control, settings } = currentConsole();
  const user = viewer.id === null ? null : await control.access.findUser(viewer.id);
  return {
    theme: viewer.theme,
    timeZone: user?.timeZone ?? null,
    installationZone: settings.timeZone,
    singleKeys: viewer.singleKeys,
    zones: Intl.supportedValuesOf("timeZone"),
  };
}
