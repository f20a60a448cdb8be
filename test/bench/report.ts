export interface Figure {
  readonly what: string;
  readonly value: string;
  /** What the promise is; empty where there is none. */
  readonly wanted: string;
  /** Number of samples behind the value. */
  readonly samples: number;
  readonly isMet: boolean | null;
}

/** A Markdown table, to be pasted as it is. */
export const toTable = (figures: readonly Figure[]): string => {
  const rows = figures.map(({ what, value, wanted, samples, isMet }) => [
    what,
    value,
    wanted,
    String(samples),
    isMet === null ? "" : isMet ? "met" : "MISSED",
  ]);
  const header = ["what", "measured", "wanted", "n", ""];
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  return [line(header), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
};
