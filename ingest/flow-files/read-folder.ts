import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";

/** A declaration of this size is none; and a file that is read every second must not be large. */
const fileLimitBytes = 4 * 2 ** 20;

export interface FolderFile {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** Every file of the flows folder that declarations may use. */
export interface FlowFolder {
  /** Changes when any file's content may have. */
  readonly stamp: string;
  readonly files: readonly FolderFile[];
  /** Files that are there and were not read: outside by a link, too large, unreadable. */
  readonly refused: readonly { readonly path: string; readonly why: string }[];
}

const readable = /\.(ya?ml|json)$/i;

/** What `stamp` would be now: cheap enough for once a second. */
export const stampOf = (folder: string): string =>
  listPaths(folder)
    .map((path) => {
      const stat = statSync(join(folder, path), { throwIfNoEntry: false });
      return stat === undefined ? `${path}|gone` : `${path}|${stat.ino}|${stat.size}|${stat.mtimeMs}|${stat.ctimeMs}`;
    })
    .join("\n");

/** Reads the folder; a folder that is not there is an empty one. Links that lead out of it are not followed. */
export function readFolder(folder: string): FlowFolder {
  // Taken first: what changes while it is read makes the next look read again.
  const stamp = stampOf(folder);
  const files: FolderFile[] = [];
  const refused: { readonly path: string; readonly why: string }[] = [];
  for (const path of listPaths(folder)) {
    const read = readInside(folder, path);
    if ("text" in read) files.push({ path, text: read.text });
    else refused.push({ path, why: read.why });
  }
  return { stamp, files, refused };
}

function listPaths(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory() && readable.test(entry.name) && !entry.name.startsWith("."))
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
      .toSorted();
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR")) return [];
    throw error;
  }
}

function readInside(folder: string, path: string): { readonly text: string } | { readonly why: string } {
  try {
    const file = realpathSync(join(folder, path));
    if (!file.startsWith(realpathSync(folder) + sep))
      return { why: "the file lies outside the flows folder; put a copy there instead of a link" };
    const stat = statSync(file);
    if (!stat.isFile()) return { why: "this is no file" };
    if (stat.size > fileLimitBytes) return { why: `the file is larger than ${fileLimitBytes / 2 ** 20} MiB` };
    return { text: readFileSync(file, "utf8") };
  } catch (error) {
    return { why: `the file can't be read: ${error instanceof Error ? error.message : String(error)}` };
  }
}
