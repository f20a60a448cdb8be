import type { Flow, MatchRule } from "#lib/flow/flow-version.ts";
import type { Columns } from "#ingest/import/columns.ts";
import { parseLogTime } from "#ingest/import/parse-log-time.ts";

export type Row = Readonly<Record<string, string>>;

export interface RowContext {
  readonly columns: Columns;
  readonly flow: string;
  readonly keyType: string;
  /** Step id by activity. */
  readonly stepOf: (activity: string) => string;
  /** `match` rules of the flow; empty for a flow made from this log. */
  readonly rules: readonly MatchRule[];
  /** Name of the log: the source of its events. */
  readonly source: string;
  readonly timeZone: string;
}

export type MappedRow = { readonly event: Readonly<Record<string, unknown>> } | { readonly problem: string };

/** One row of a log as the native hop event of DESIGN 4.1. `line` is its place in the file, and its id where no column is. */
export const mapRow = (row: Row, line: number, context: RowContext): MappedRow => {
  const { columns } = context;
  const activity = row[columns.activity]?.trim() ?? "";
  const time = parseLogTime(row[columns.time] ?? "", context.timeZone);
  if (time === null)
    return { problem: `line ${line}: "${row[columns.time] ?? ""}" in column "${columns.time}" is not a time` };
  if (activity === "") return { problem: `line ${line}: column "${columns.activity}" is empty` };

  const rule = context.rules.find((each) => isRuleFor(each, activity));
  const keyColumns: Readonly<Record<string, string>> = rule?.keys ?? {
    [context.keyType]: columns.case,
    ...columns.keys,
  };
  const keys = Object.fromEntries(
    Object.entries(keyColumns).map(([type, column]) => [type, row[column]?.trim() ?? ""]),
  );
  if (Object.values(keys).every((value) => value === "")) {
    return {
      problem: `line ${line}: no key in ${Object.values(keyColumns)
        .map((name) => `"${name}"`)
        .join(", ")}`,
    };
  }
  const used = new Set([columns.activity, columns.time, columns.case, columns.id, ...Object.values(keyColumns)]);
  const attributes = Object.fromEntries(Object.entries(row).filter(([name, value]) => !used.has(name) && value !== ""));
  const id = columns.id === undefined ? "" : (row[columns.id]?.trim() ?? "");
  return {
    event: {
      id: id === "" ? `line-${line}` : id,
      source: context.source,
      flow: context.flow,
      step: rule?.step ?? context.stepOf(activity),
      time: new Date(time).toISOString(),
      keys,
      ...(Object.keys(attributes).length === 0 ? {} : { attributes }),
    },
  };
};

/** A rule without `point` speaks for every row of the log; `import` names this kind of source. */
const isRuleFor = (rule: MatchRule, activity: string): boolean =>
  (rule.source === undefined || rule.source === "import") && (rule.point === undefined || rule.point === activity);

/** The step an activity names in a declared flow: its id, its title, or its id as this import would have written it. */
export const stepFinder = (flow: Flow, toId: (activity: string) => string): ((activity: string) => string) => {
  const byName = new Map<string, string>();
  for (const step of flow.steps) {
    for (const name of [step.id, step.title?.en, step.title?.zh]) if (name !== undefined) byName.set(name, step.id);
  }
  return (activity) => byName.get(activity) ?? byName.get(toId(activity)) ?? (toId(activity) || activity);
};
