import type { Columns } from "#ingest/import/columns.ts";
import { mapRow, type RowContext } from "#ingest/import/map-row.ts";
import { parseLogTime } from "#ingest/import/parse-log-time.ts";
import { readLog } from "#ingest/import/read-log.ts";
import type { ProfiledRow } from "#ingest/import/discover-flow.ts";

/** What the door said of one batch (DESIGN 4.1), as far as an import needs it. */
export interface BatchAnswer {
  readonly accepted: number;
  readonly duplicates: number;
  readonly rejected: readonly { readonly index: number; readonly reason: string; readonly path: string }[];
}

export interface ImportResult {
  readonly rows: number;
  readonly accepted: number;
  readonly duplicates: number;
  /** Rows that were not taken, with line and reason; at most 20 are spelled out, all are counted. */
  readonly rejected: number;
  readonly problems: readonly string[];
}

const batchRows = 1_000;
const problemsShown = 20;

/** Sends every row of the log through the door as NDJSON, in order of the file. `send` resolves when the batch is durable. */
export const importLog = async (
  file: string,
  context: RowContext,
  send: (ndjson: string) => Promise<BatchAnswer>,
  progress: (rows: number) => void,
): Promise<ImportResult> => {
  const total = { rows: 0, accepted: 0, duplicates: 0, rejected: 0 };
  const problems: string[] = [];
  const reject = (problem: string): void => {
    total.rejected += 1;
    if (problems.length < problemsShown) problems.push(problem);
  };
  let batch: { readonly line: number; readonly text: string }[] = [];
  const flush = async (): Promise<void> => {
    if (batch.length === 0) return;
    const sent = batch;
    batch = [];
    const answer = await send(sent.map((each) => each.text).join("\n"));
    total.accepted += answer.accepted;
    total.duplicates += answer.duplicates;
    for (const { index, reason, path } of answer.rejected)
      reject(`line ${sent[index]?.line ?? "?"}: ${reason}${path === "" ? "" : ` at ${path}`}`);
    progress(total.rows);
  };
  for await (const { line, row } of readLog(file)) {
    total.rows += 1;
    const mapped = mapRow(row, line, context);
    if ("problem" in mapped) reject(mapped.problem);
    else batch.push({ line, text: JSON.stringify(mapped.event) });
    if (batch.length >= batchRows) await flush();
  }
  await flush();
  return { ...total, problems };
};

/** The first reading of a log for which no flow is declared yet: who did what, when. Rows without time or activity are left to the import to report. */
export const readProfiledRows = async (file: string, columns: Columns, timeZone: string): Promise<ProfiledRow[]> => {
  const rows: ProfiledRow[] = [];
  for await (const { row } of readLog(file)) {
    const time = parseLogTime(row[columns.time] ?? "", timeZone);
    const activity = row[columns.activity]?.trim() ?? "";
    const caseName = row[columns.case]?.trim() ?? "";
    if (time !== null && activity !== "" && caseName !== "") rows.push({ case: caseName, activity, time });
  }
  return rows;
};
