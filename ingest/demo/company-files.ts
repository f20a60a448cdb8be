import { readFile, readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { join, relative, sep } from "node:path";

const folder = fileURLToPath(new URL("files", import.meta.url));

/** What the company declares: flows, contracts, systems, teams and sources. Text by path inside a flows folder. */
export async function readCompanyFiles(): Promise<Readonly<Record<string, string>>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    await Promise.all(
      paths.map(async (path) => [relative(folder, path).split(sep).join("/"), await readFile(path, "utf8")] as const),
    ),
  );
}
