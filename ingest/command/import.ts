import { access, mkdir, writeFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import {
  CommandError,
  listOption,
  requiredPositional,
  textOption,
  type Command,
  type CommandContext,
  type CommandInput,
} from "#ingest/command/command.ts";
import { withControl } from "#ingest/command/with-control.ts";
import { withWorker } from "#ingest/command/with-worker.ts";
import { findColumns, type Columns } from "#ingest/import/columns.ts";
import { discoverFlow, profileLog } from "#ingest/import/discover-flow.ts";
import { importLog, readProfiledRows, type ImportResult } from "#ingest/import/import-log.ts";
import { stepFinder } from "#ingest/import/map-row.ts";
import { toIdText } from "#ingest/import/name-steps.ts";
import { postBatch } from "#ingest/import/post-batch.ts";
import { readHeader } from "#ingest/import/read-log.ts";
import type { FlowVersion } from "#lib/flow/flow-version.ts";
import type { ControlStorage } from "#lib/storage/storage.ts";
import { newTokenSecret } from "#lib/access/token-secret.ts";

const flowLoadLimitMs = 10_000;
const discoveredKeyType = "case_id";

export const importCommand: Command = {
  name: "import",
  usage:
    "FILE [--flow F] [--case COLUMN] [--activity COLUMN] [--time COLUMN] [--id COLUMN] [--key TYPE=COLUMN …] [--source NAME]",
  summary:
    "bring a CSV event log in through the same door, as backfill: statistics and journeys, never alerts; without --flow a flow is written from the log",
  options: {
    flow: { type: "string" },
    case: { type: "string" },
    activity: { type: "string" },
    time: { type: "string" },
    id: { type: "string" },
    key: { type: "string", multiple: true },
    source: { type: "string" },
  },
  async run(input, context) {
    const file = requiredPositional(input, 0, "FILE");
    const columns = await chooseColumns(file, input);
    const source = textOption(input, "source") ?? basename(file);
    const flow = textOption(input, "flow") ?? (await writeFlow(file, columns, context));
    const result = await withControl(context, (control) =>
      withWorker(context, async (url) => {
        const version = await awaitFlow(control, flow);
        return await withToken(control, source, context, (token) =>
          runImport({ file, columns, source, version, url, token, context }),
        );
      }),
    );
    return { result: { flow, source, ...result }, text: describe(flow, result) };
  },
};

const chooseColumns = async (file: string, input: CommandInput): Promise<Columns> => {
  const header = await readHeader(file).catch((cause: unknown) => {
    throw new CommandError(`${file} cannot be read as CSV: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  });
  if (header.length === 0) throw new CommandError(`${file} has no rows`);
  const keys: Record<string, string> = {};
  for (const pair of listOption(input, "key")) {
    const [, type, column] = /^([a-z][a-z0-9_]{0,63})=(.+)$/.exec(pair) ?? [];
    if (type === undefined || column === undefined)
      throw new CommandError(`--key must look like payment_no=COLUMN, not "${pair}"`, { usage: true });
    keys[type] = column;
  }
  const choice: Record<string, string> = {};
  for (const role of ["case", "activity", "time", "id"]) {
    const name = textOption(input, role);
    if (name !== undefined) choice[role] = name;
  }
  const found = findColumns(header, { ...choice, keys });
  if ("problem" in found) throw new CommandError(found.problem, { usage: true });
  return found.columns;
};

/** Writes the flow the log shows beside the other flows; a file of that name already there is used as it is. */
const writeFlow = async (file: string, columns: Columns, context: CommandContext): Promise<string> => {
  const title = basename(file, extname(file));
  const flow = toIdText(title).replaceAll("_", "-") || "imported-log";
  const target = join(context.settings.flows, `${flow}.yaml`);
  const isThere = await access(target).then(
    () => true,
    () => false,
  );
  if (isThere) {
    context.remark(`Using the flow in ${target} as it is.`);
    return flow;
  }
  const profile = profileLog(await readProfiledRows(file, columns, context.settings.timeZone));
  if (profile.rows === 0)
    throw new CommandError(
      `no row of ${file} has a case, an activity and a time in ${columns.case}, ${columns.activity}, ${columns.time}`,
    );
  await mkdir(context.settings.flows, { recursive: true });
  await writeFile(
    target,
    discoverFlow(profile, { flow, title, keyType: discoveredKeyType, aliases: Object.keys(columns.keys) }),
  );
  context.remark(`Wrote the flow to ${target}: ${profile.activities.size} steps from ${profile.cases} cases.`);
  return flow;
};

const awaitFlow = async (control: ControlStorage, flow: string): Promise<FlowVersion> => {
  const deadline = performance.now() + flowLoadLimitMs;
  for (;;) {
    const versions = (await control.definitions.listVersions()).filter((version) => version.flow === flow);
    const newest = versions.at(-1);
    if (newest !== undefined) return newest;
    if (performance.now() > deadline) {
      const problems = await control.definitions.listProblems();
      const why = problems
        .map((problem) => `${problem.file}${problem.line === null ? "" : `:${problem.line}`}: ${problem.message}`)
        .join("\n");
      throw new CommandError(
        `there is no flow "${flow}"${why === "" ? "; declare it in the flows folder or leave --flow out" : `:\n${why}`}`,
      );
    }
    await pause(100);
  }
};

/** A token of its own for the length of the import: the door asks for one unless the worker is bound to loopback. */
const withToken = async <Result>(
  { access: accounts }: ControlStorage,
  source: string,
  context: CommandContext,
  work: (token: string) => Promise<Result>,
): Promise<Result> => {
  const { secret, hash } = newTokenSecret();
  const createdAt = context.now();
  const token = await accounts.createToken(
    {
      name: `import ${source}`,
      scopes: ["ingest"],
      role: "engineer",
      sources: [source],
      systems: [],
      createdAt,
      expiresAt: createdAt + 86_400_000,
      secretHash: hash,
    },
    "command",
  );
  try {
    return await work(secret);
  } finally {
    await accounts.revokeToken(token.id, context.now(), "command");
  }
};

const runImport = async (job: {
  readonly file: string;
  readonly columns: Columns;
  readonly source: string;
  readonly version: FlowVersion;
  readonly url: string;
  readonly token: string;
  readonly context: CommandContext;
}): Promise<ImportResult> => {
  const { declaration } = job.version;
  return await importLog(
    job.file,
    {
      columns: job.columns,
      flow: declaration.flow,
      keyType: declaration.primary,
      stepOf: stepFinder(declaration, toIdText),
      rules: declaration.match,
      source: job.source,
      timeZone: job.context.settings.timeZone,
    },
    (ndjson) => postBatch(job.url, job.token, ndjson),
    (rows) => job.context.remark(`${rows} rows`),
  );
};

const describe = (flow: string, result: ImportResult): string =>
  [
    `${result.rows} rows into flow ${flow}: ${result.accepted} accepted, ${result.duplicates} already there, ${result.rejected} not taken.`,
    ...result.problems.map((problem) => `  ${problem}`),
    ...(result.rejected > result.problems.length ? [`  … and ${result.rejected - result.problems.length} more`] : []),
  ].join("\n");
