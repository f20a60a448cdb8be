import type { DeclaredWorld } from "#ingest/collector/call.ts";
import { maskingExceptionsSetting, readMaskingExceptions, withExceptions } from "#lib/privacy/masking-exceptions.ts";
import type { MaskingPolicy } from "#lib/privacy/masking-policy.ts";
import type { Definitions } from "#lib/storage/definitions.ts";

/** Everything declared, as the store has it: judging reads declarations from there only. `matched`: see background.ts. */
export async function readWorld(definitions: Definitions, matched: ReadonlySet<string>): Promise<DeclaredWorld> {
  const versions = await definitions.listVersions();
  const calendars = await definitions.findSetting("calendars");
  return {
    versions,
    active: await definitions.listActive(),
    surroundings: await definitions.surroundings(),
    privacy: withExceptions(
      toPolicy(await definitions.findSetting("privacy")),
      readMaskingExceptions(await definitions.findSetting(maskingExceptionsSetting)),
    ),
    calendars: Array.isArray(calendars) ? calendars : [],
    matchingAgain: [...new Set(versions.map(({ hash }) => hash).filter((hash) => !matched.has(hash)))],
  };
}

/** Saved by save-folder.ts from a policy that parsed. */
const toPolicy = (setting: unknown): MaskingPolicy | null => (setting ?? null) as MaskingPolicy | null;
