import { existsSync, readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../..", import.meta.url));

const rooms = ["app", "components", "ingest", "lib", "test"];
/** Not ours to name or to check: samples as they came, and what test runs leave behind. */
const foreign = /^test\/(fixtures|\.output)\//;

/** Every file of the five rooms, from the root with `/`. */
export function listSourceFiles(): string[] {
  return rooms
    .filter((room) => existsSync(join(root, room)))
    .flatMap((room) => readdirSync(join(root, room), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .filter((path) => !foreign.test(path))
    .toSorted();
}

const kebab = "[a-z0-9]+(?:-[a-z0-9]+)*";
const fileName = new RegExp(`^(?:README\\.md|${kebab}(?:\\.(?:test|config|d))?\\.[a-z0-9]+)$`);
/** Kebab-case, or a folder form of Next.js: `_private`, `openapi.json`, `(group)`, `[param]`, `[...rest]`, `[[...rest]]`. */
const folderName = new RegExp(`^(?:_?${kebab}(?:\\.[a-z]+)?|\\(${kebab}\\)|\\[{1,2}(?:\\.\\.\\.)?[a-zA-Z]+\\]{1,2})$`);
const emptyWords = ["util", "utils", "helper", "helpers", "misc", "manager", "managers"];
/** Words that say something in company (`too-common-warning`), and nothing alone. */
const emptyAlone = ["common", "index"];

/** What is wrong with a path's names; null when they say what is inside. */
export function namingProblem(path: string): string | null {
  const folders = path.split("/");
  const file = folders.pop() ?? "";
  const stem = file.replace(/\..*$/, "");
  const empty = [...folders, stem].flatMap((name) => name.split("-")).find((word) => emptyWords.includes(word));
  if (empty !== undefined) return `"${empty}" says nothing`;
  const alone = [...folders, stem].find((name) => emptyAlone.includes(name));
  if (alone !== undefined) return `"${alone}" says nothing alone`;
  if (!fileName.test(file)) return `"${file}" is not kebab-case`;
  const odd = folders.find((folder) => !folderName.test(folder));
  return odd === undefined ? null : `folder "${odd}" is not kebab-case`;
}

const atRoot = ["package.json", "package-lock.json", "tsconfig.json", "README.md", "CHANGELOG.md", "LICENSE"];
/** Where tools look for deployment files, and what is generated and not committed. */
const alsoAtRoot = ["compose.yaml", "deploy", "node_modules", "next-env.d.ts"];

/** What lies at the root besides the house itself, dotfiles aside. */
export function listStrangersAtRoot(entries: readonly string[] = readdirSync(root)): string[] {
  const known = [...rooms, ...atRoot, ...alsoAtRoot];
  return entries.filter((entry) => !entry.startsWith(".") && !known.includes(entry));
}
