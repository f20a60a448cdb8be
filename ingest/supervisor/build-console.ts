import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import type { Supervisor } from "#ingest/supervisor/supervise.ts";

/** What a build of the console is made from. */
const buildInputs = ["app", "components", "lib", "package.json", "package-lock.json", "tsconfig.json"];

const stampPath = (root: string): string => join(root, ".next", "hopline-inputs");

const buildIdPath = (root: string): string => join(root, ".next", "BUILD_ID");

/** Whether `.next` holds a finished build of exactly the sources that are there now. */
export async function isConsoleBuildCurrent(root: string): Promise<boolean> {
  if (!existsSync(buildIdPath(root)) || !existsSync(stampPath(root))) return false;
  return (await readFile(stampPath(root), "utf8")) === (await digestInputs(root));
}

/** Builds the console unless the build is current; answers the build's exit code, 0 where nothing was to be done. */
export async function buildConsole(root: string, supervisor: Pick<Supervisor, "run">): Promise<number> {
  if (await isConsoleBuildCurrent(root)) return 0;
  // Taken before the build: what changes while it runs makes the next start build again.
  const inputs = await digestInputs(root);
  await rm(stampPath(root), { force: true });
  await rm(buildIdPath(root), { force: true });
  const exitCode = await supervisor.run([join(root, "node_modules", "next", "dist", "bin", "next"), "build"], root);
  if (exitCode !== 0) return exitCode;
  // A build that broke off without an error left no id.
  if (!existsSync(buildIdPath(root))) return 1;
  await writeFile(stampPath(root), inputs);
  return 0;
}

async function digestInputs(root: string): Promise<string> {
  const digest = createHash("sha256");
  for (const path of (await Promise.all(buildInputs.map((input) => listFiles(root, input)))).flat()) {
    digest.update(`${path}\0`).update(
      createHash("sha256")
        .update(await readFile(join(root, path)))
        .digest(),
    );
  }
  return digest.digest("hex");
}

async function listFiles(root: string, input: string): Promise<string[]> {
  if (input.endsWith(".json")) return [input];
  const entries = await readdir(join(root, input), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .toSorted();
}
