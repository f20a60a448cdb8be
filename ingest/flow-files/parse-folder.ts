import type { FlowFolder, FolderFile } from "#ingest/flow-files/read-folder.ts";
import { parseCalendar } from "#lib/calendar/parse-calendar.ts";
import type { Problem } from "#lib/declaration/problem.ts";
import type { Flow } from "#lib/flow/flow-version.ts";
import { parseFlow } from "#lib/flow/parse-flow.ts";
import { parsePeople } from "#lib/flow/parse-people.ts";
import { parseSources } from "#lib/flow/parse-sources.ts";
import type { Party } from "#lib/people/people.ts";
import { parsePrivacy } from "#lib/privacy/parse-privacy.ts";
import type { MaskingPolicy } from "#lib/privacy/masking-policy.ts";
import type { SourceDeclaration } from "#lib/source/source.ts";
import type { FileProblem } from "#lib/storage/definitions.ts";

export interface DeclaredInFile {
  readonly file: string;
  readonly flow: Flow;
  /** As written. */
  readonly text: string;
}

/** What a flows folder declares. A part that can't be taken is undefined, so that the last good one stays in force. */
export interface Folder {
  readonly flows: readonly DeclaredInFile[];
  /** Flow files with a problem. */
  readonly badFlowFiles: readonly string[];
  readonly systems: Readonly<Record<string, Party>> | undefined;
  readonly teams: Readonly<Record<string, Party>> | undefined;
  readonly sources: readonly SourceDeclaration[] | undefined;
  readonly privacy: MaskingPolicy | null | undefined;
  /** Raw, each of which parses. */
  readonly calendars: readonly unknown[] | undefined;
  readonly problems: readonly FileProblem[];
}

const isYaml = (path: string): boolean => /^[^/]+\.ya?ml$/i.test(path);
const nameOf = (path: string): string => path.replace(/\.ya?ml$/i, "");

/** Files beside the flows that are no flows. */
const surroundings: ReadonlySet<string> = new Set(["systems", "teams", "sources", "privacy"]);

/** The files of a flows folder → what they declare, and everything that is wrong with them. Pure. */
export function parseFolder({ files, refused }: FlowFolder, hash: (text: string) => string): Folder {
  const problems: FileProblem[] = refused.map(({ path, why }) => ({
    file: path,
    line: null,
    column: null,
    message: why,
  }));
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const report = (file: string, found: readonly Problem[]): undefined => {
    for (const { line, column, message, instead } of found)
      problems.push({ file, line, column, message: `${message}; ${instead}` });
  };
  const beside = <Value>(
    name: string,
    none: Value,
    parse: (text: string) => Value | { readonly problems: readonly Problem[] },
  ): Value | undefined => {
    const file = files.find(({ path }) => isYaml(path) && nameOf(path) === name);
    if (refused.some(({ path }) => isYaml(path) && nameOf(path) === name)) return undefined;
    if (file === undefined) return none;
    const parsed = parse(file.text);
    return hasProblems(parsed) ? report(file.path, parsed.problems) : parsed;
  };

  const calendars = parseCalendars(files, problems);
  const flows: DeclaredInFile[] = [];
  const badFlowFiles = refused
    .map(({ path }) => path)
    .filter((path) => isYaml(path) && !surroundings.has(nameOf(path)));
  for (const { path, text } of files) {
    if (!isYaml(path) || surroundings.has(nameOf(path))) continue;
    const parsed = parseFlow(text, { readFile: (name) => texts.get(name) ?? null, hash, calendars: calendars.names });
    const taken = parsed.flow && flows.find(({ flow }) => flow.flow === parsed.flow.flow);
    if (parsed.flow && !taken) {
      flows.push({ file: path, flow: parsed.flow, text });
      continue;
    }
    badFlowFiles.push(path);
    if (parsed.problems) report(path, parsed.problems);
    else if (taken) {
      const message = `flow "${taken.flow.flow}" is declared in ${taken.file} already; give this one another id or remove one of the files`;
      problems.push({ file: path, line: 1, column: 1, message });
    }
  }
  return {
    flows,
    badFlowFiles,
    systems: beside<Readonly<Record<string, Party>>>("systems", {}, (text) => {
      const parsed = parsePeople(text, "systems");
      return parsed.parties ?? { problems: parsed.problems };
    }),
    teams: beside<Readonly<Record<string, Party>>>("teams", {}, (text) => {
      const parsed = parsePeople(text, "teams");
      return parsed.parties ?? { problems: parsed.problems };
    }),
    sources: beside<readonly SourceDeclaration[]>("sources", [], (text) => {
      const parsed = parseSources(text);
      return parsed.sources ?? { problems: parsed.problems };
    }),
    privacy: beside<MaskingPolicy | null>("privacy", null, (text) => {
      const parsed = parsePrivacy(text);
      return parsed.policy ?? { problems: parsed.problems };
    }),
    calendars: calendars.good,
    problems,
  };
}

/** A declaration never has a member `problems` that is a list: parties and settings are objects. */
const hasProblems = (parsed: unknown): parsed is { readonly problems: readonly Problem[] } =>
  typeof parsed === "object" && parsed !== null && "problems" in parsed && Array.isArray(parsed.problems);

interface Calendars {
  readonly good: readonly unknown[] | undefined;
  readonly names: readonly string[];
}

/** `calendars/*.json`: each one calendar; `cn-workdays` comes with Hopline and is replaced by one of that id. */
function parseCalendars(files: readonly FolderFile[], problems: FileProblem[]): Calendars {
  const good: unknown[] = [];
  const names = new Set(["cn-workdays"]);
  let isWhole = true;
  for (const { path, text } of files) {
    if (!/^calendars\/[^/]+\.json$/i.test(path)) continue;
    const raw = readJson(text);
    const parsed = raw === undefined ? { problems: ["this is no JSON"] } : parseCalendar(raw);
    if ("calendar" in parsed && parsed.calendar !== undefined) {
      good.push(raw);
      names.add(parsed.calendar.id);
      continue;
    }
    isWhole = false;
    for (const message of parsed.problems ?? []) problems.push({ file: path, line: null, column: null, message });
  }
  return { good: isWhole ? good : undefined, names: [...names] };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
