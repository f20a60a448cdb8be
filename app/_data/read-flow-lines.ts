import "server-only";
import { readFile, realpath, stat } from "node:fs/promises";
import { join, sep } from "node:path";
import { mayDo } from "#lib/access/permission.ts";
import type { DeclarationProblem, FlowLine } from "#lib/flow/flow-figures.ts";
import { listFlowLines as list } from "#lib/read/list-flow-lines.ts";
import { currentConsole } from "#app/_data/console.ts";
import { readScope } from "#app/_data/read-scope.ts";
import type { Viewer } from "#app/_data/session.ts";

const longestFile = 512 * 1024;

export async function listFlowLines(viewer: Viewer): Promise<readonly FlowLine[]> {
  const { stores, context } = readScope(viewer, "records.read");
  const mayReadFiles = mayDo(viewer.role, "declarations.read");
  return list(stores, context, { language: viewer.language, mayReadFiles });
}

interface ProblemFilesRead {
  readonly problems: readonly DeclarationProblem[];
  readonly shown: { readonly file: string; readonly text: string | null } | null;
}

/** What is wrong in the declaration files, and the text of one of those with problems; nothing for those who may not read them. */
export async function readProblemFiles(viewer: Viewer, file: string | null): Promise<ProblemFilesRead> {
  if (!mayDo(viewer.role, "declarations.read")) return { problems: [], shown: null };
  const problems = await currentConsole().control.definitions.listProblems();
  // a name from the address opens a file only where the worker has named it before
  const isKnown = file !== null && problems.some((problem) => problem.file === file);
  return { problems, shown: isKnown ? { file, text: await textOf(file) } : null };
}

/** As the file stands now; null where it can't be read, lies outside the folder or is too long to show. */
async function textOf(file: string): Promise<string | null> {
  try {
    const folder = await realpath(currentConsole().settings.flows);
    const path = await realpath(join(folder, file));
    if (!path.startsWith(folder + sep) || (await stat(path)).size > longestFile) return null;
    return await readFile(path, "utf8");
  } catch {
    return null;
  }
}
