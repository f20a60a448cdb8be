import { existsSync } from "node:fs";
import { mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { readCompanyFiles } from "#ingest/demo/company-files.ts";

/** What makes a company the same again: with it the simulation goes on where it stopped. */
export interface DemoState {
  readonly seed: number;
  readonly asOf: number;
  readonly records: number;
  readonly liveEveryMs: number;
  /** Everything that left its system before this moment has been sent; null: nothing yet. */
  readonly sentUntil: number | null;
}

/** The demo can't use this folder; the sentence says why and what to do. */
export class DemoError extends Error {
  override readonly name = "DemoError";
}

const markerOf = (home: string): string => join(home, "demo.json");

/** Makes the folder the demo's own, and writes what the company declares. A folder with anything else in it is left alone. */
export async function prepareDemoHome(
  home: string,
  fresh: Omit<DemoState, "sentUntil">,
  startOver: boolean,
): Promise<DemoState> {
  const isDemo = existsSync(markerOf(home));
  if (!isDemo && existsSync(home) && (await readdir(home)).length > 0) {
    throw new DemoError(`${home} holds something that is not a demo. Name an empty folder with --home, or a new one.`);
  }
  if (isDemo && startOver) await rm(home, { recursive: true });
  await mkdir(home, { recursive: true, mode: 0o700 });
  const state = isDemo && !startOver ? await readState(home) : { ...fresh, sentUntil: null };
  await saveDemoState(home, state);
  for (const [path, text] of Object.entries(await readCompanyFiles())) {
    const file = join(home, "flows", path);
    await mkdir(dirname(file), { recursive: true });
    if (!existsSync(file)) await writeFile(file, text);
  }
  return state;
}

export async function saveDemoState(home: string, state: DemoState): Promise<void> {
  const file = markerOf(home);
  await writeFile(`${file}.new`, `${JSON.stringify(state)}\n`);
  await rename(`${file}.new`, file);
}

async function readState(home: string): Promise<DemoState> {
  const value: unknown = JSON.parse(await readFile(markerOf(home), "utf8").catch(() => "null"));
  if (isState(value)) return value;
  throw new DemoError(`${markerOf(home)} cannot be read. Start over with --fresh.`);
}

const isState = (value: unknown): value is DemoState =>
  typeof value === "object" &&
  value !== null &&
  ["seed", "asOf", "records", "liveEveryMs"].every((name) =>
    Number.isFinite(Object.entries(value).find(([key]) => key === name)?.[1]),
  ) &&
  "sentUntil" in value &&
  (value.sentUntil === null || Number.isFinite(value.sentUntil));
