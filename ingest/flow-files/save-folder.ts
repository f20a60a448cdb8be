import type { Folder } from "#ingest/flow-files/parse-folder.ts";
import { toFlowHash } from "#lib/flow/flow-hash.ts";
import { type FlowId, toFlowId } from "#lib/id/id.ts";
import { isJsonObject } from "#lib/event/json-object.ts";
import type { Definitions, FileProblem } from "#lib/storage/definitions.ts";
import { StorageError } from "#lib/storage/storage-error.ts";

interface SaveOptions {
  readonly definitions: Definitions;
  readonly hash: (text: string) => string;
  readonly now: () => number;
}

export interface Saved {
  readonly problems: readonly FileProblem[];
  /** Every file is in force, in its newest or its last good version. */
  readonly allInForce: boolean;
}

/** Names of the settings in the control store. */
const settingNames = {
  files: "flow-files",
  allInForce: "flow-files-in-force",
  privacy: "privacy",
  calendars: "calendars",
} as const;

/** Puts what a folder declares into the store. What could not be taken leaves what was there in force. */
export async function saveFolder(folder: Folder, { definitions, hash, now }: SaveOptions): Promise<Saved> {
  const problems = [...folder.problems];
  const flowOfFile = readFlowOfFile(await definitions.findSetting(settingNames.files));
  const known = new Set((await definitions.listVersions()).map((version) => version.flow));
  const inForce = new Map<string, FlowId>();
  for (const file of folder.badFlowFiles) {
    const flow = flowOfFile.get(file);
    if (flow !== undefined) inForce.set(file, flow);
  }
  let allInForce = folder.badFlowFiles.every((file) => inForce.has(file));
  for (const { file, flow, text } of folder.flows) {
    const savedAt = now();
    // The first version judges every journey there is; a later one those that begin from now on, unless it says otherwise.
    const from = known.has(flow.flow) ? (flow.from ?? savedAt) : -Infinity;
    const version = {
      flow: flow.flow,
      hash: toFlowHash(flow, hash),
      from,
      savedAt,
      declaredIn: "file",
      text,
      declaration: flow,
    } as const;
    try {
      await definitions.saveVersion(version, "worker");
      inForce.set(file, flow.flow);
    } catch (error) {
      if (!(error instanceof StorageError && error.code === "conflict")) throw error;
      problems.push({ file, line: 1, column: 1, message: error.message });
      allInForce = false;
    }
  }
  await definitions.saveActive("file", [...new Set(inForce.values())]);
  await definitions.saveSetting(settingNames.files, Object.fromEntries(inForce));
  await definitions.saveSetting(settingNames.allInForce, allInForce);
  await saveSurroundings(folder, definitions);
  await definitions.saveProblems(problems);
  return { problems, allInForce };
}

async function saveSurroundings(
  { systems, teams, sources, privacy, calendars }: Folder,
  definitions: Definitions,
): Promise<void> {
  const last = await definitions.surroundings();
  await definitions.saveSurroundings({
    people: { systems: systems ?? last.people.systems, teams: teams ?? last.people.teams },
    sources: sources ?? last.sources,
  });
  if (privacy !== undefined) await definitions.saveSetting(settingNames.privacy, privacy);
  if (calendars !== undefined) await definitions.saveSetting(settingNames.calendars, calendars);
}

/** Which flow a file declared when it was last good. */
function readFlowOfFile(setting: unknown): ReadonlyMap<string, FlowId> {
  const entries = isJsonObject(setting) ? Object.entries(setting) : [];
  return new Map(entries.flatMap(([file, flow]) => (typeof flow === "string" ? [[file, toFlowId(flow)]] : [])));
}
