/** Which column of an event log says what. Column names stand as in the file's header. */
export interface Columns {
  /** Whose values name the case: one case, one journey. */
  readonly case: string;
  readonly activity: string;
  readonly time: string;
  /** Unique per row where given; otherwise the row's place in the file is its id. */
  readonly id?: string;
  /** Further keys by key type. */
  readonly keys: Readonly<Record<string, string>>;
}

export interface ColumnChoice {
  readonly case?: string;
  readonly activity?: string;
  readonly time?: string;
  readonly id?: string;
  readonly keys: Readonly<Record<string, string>>;
}

/** The names that event logs in the field use: XES attributes first, then what spreadsheets and process miners write. */
const knownNames = {
  case: ["case:concept:name", "case_id", "caseid", "case id", "case", "order_no", "record"],
  activity: ["concept:name", "activity", "activity_name", "event", "step", "task"],
  time: ["time:timestamp", "timestamp", "time", "event_time", "complete timestamp", "datetime", "date"],
} as const;

export type ColumnsFound = { readonly columns: Columns } | { readonly problem: string };

/** The choice made by hand, completed from the header; `problem` says what to add to the command. */
export const findColumns = (header: readonly string[], choice: ColumnChoice): ColumnsFound => {
  const byLowerCase = new Map(header.map((name) => [name.trim().toLowerCase(), name]));
  const chosen = [choice.case, choice.activity, choice.time, choice.id, ...Object.values(choice.keys)];
  const absent = chosen.find((name) => name !== undefined && !header.includes(name));
  if (absent !== undefined)
    return { problem: `no column "${absent}" in the file; its columns are: ${header.join(", ")}` };

  const find = (role: keyof typeof knownNames): string | undefined =>
    choice[role] ?? knownNames[role].map((name) => byLowerCase.get(name)).find((name) => name !== undefined);
  const found = { case: find("case"), activity: find("activity"), time: find("time") };
  const { case: caseColumn, activity, time } = found;
  if (caseColumn === undefined || activity === undefined || time === undefined) {
    const missing = Object.entries(found).filter(([, name]) => name === undefined);
    const flags = missing.map(([role]) => `--${role} COLUMN`).join(" ");
    return { problem: `cannot tell which column is which: add ${flags}; the file's columns are: ${header.join(", ")}` };
  }
  const id = choice.id ?? byLowerCase.get("concept:instance") ?? byLowerCase.get("event_id");
  return { columns: { case: caseColumn, activity, time, keys: choice.keys, ...(id === undefined ? {} : { id }) } };
};
