import { isJsonObject } from "#lib/event/json-object.ts";
import type { Definitions } from "#lib/storage/definitions.ts";

/** Which file declared a flow when it was last good, by flow. */
export async function fileOfFlows(definitions: Pick<Definitions, "findSetting">): Promise<ReadonlyMap<string, string>> {
  const kept = await definitions.findSetting("flow-files");
  const entries = isJsonObject(kept) ? Object.entries(kept) : [];
  return new Map(entries.flatMap(([file, flow]) => (typeof flow === "string" ? [[flow, file]] : [])));
}
