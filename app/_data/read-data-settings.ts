import "server-only";
import { join } from "node:path";
import type { DataSettings } from "#components/settings/data-settings.ts";
import { mayDo } from "#lib/access/permission.ts";
import { titleIn } from "#lib/people/title-in.ts";
import { maskCountsSetting, readMaskCounts } from "#lib/privacy/mask-count.ts";
import { maskingExceptionsSetting, readMaskingExceptions } from "#lib/privacy/masking-exceptions.ts";
import { fileOfFlows } from "#lib/read/declaration-files.ts";
import { knownFlows, visibleFlows } from "#lib/read/known-flows.ts";
import { currentConsole } from "#app/_data/console.ts";
import { readScope } from "#app/_data/read-scope.ts";
import type { Viewer } from "#app/_data/session.ts";

const dayMs = 24 * 60 * 60_000;

/** Masking, retention and visibility as they are in force. */
export async function readDataSettings(viewer: Viewer): Promise<DataSettings> {
  const { stores } = readScope(viewer, "installation.read");
  const { settings, events } = currentConsole();
  const [known, files, masks, exceptions, [oldest], usedBytes] = await Promise.all([
    knownFlows(stores.definitions),
    fileOfFlows(stores.definitions),
    stores.definitions.findSetting(maskCountsSetting),
    stores.definitions.findSetting(maskingExceptionsSetting),
    stores.events.scan(null, 1),
    events.sizeBytes(),
  ]);
  const visible = visibleFlows(known, viewer.role);
  return {
    masks: readMaskCounts(masks),
    exceptions: readMaskingExceptions(exceptions),
    mayChange: mayDo(viewer.role, "masking.change"),
    privacyFile: join(settings.flows, "privacy.yaml"),
    retention: {
      days: Math.round(settings.retentionMs / dayMs),
      oldestAt: oldest?.event.ingestedAt ?? null,
      usedBytes,
      limitBytes: settings.diskLimitBytes,
    },
    flows: visible.map(({ flow, newest }) => ({
      flow,
      name: titleIn(newest.declaration.title, viewer.language, flow),
      visibleTo: newest.declaration.visibleTo ?? null,
      file: newest.declaredIn === "console" ? null : (files.get(flow) ?? settings.flows),
    })),
    hidden: known.flows.length - visible.length,
  };
}
