/** What a cell may hold: a figure stands as it is, nothing is an empty cell. */
export type CsvCell = string | number | null | undefined;

const byteOrderMark = "\uFEFF";
const lineEnd = "\r\n";

/** What a spreadsheet would take for a formula, also behind blanks or as full-width signs, which some fold. */
const formulaStart = /^[\s\p{C}]*[=+\-@＝＋－＠|%]|^[\t\r\n]/u;

const needsQuotes = /[",\r\n;\t]|^[\s]|[\s]$/u;

/**
 * A text from outside is never a formula in an export: it gets an apostrophe in front, which spreadsheets take for "this is text".
 * Figures of ours are figures: -5 stays -5.
 */
const toCell = (cell: CsvCell): string => {
  if (cell === null || cell === undefined) return "";
  if (typeof cell === "number") return Number.isFinite(cell) ? String(cell) : "";
  const text = cell.replaceAll("\0", "");
  const safe = formulaStart.test(text) ? `'${text}` : text;
  return needsQuotes.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** One line of RFC 4180 with its end, for exports that are written as they are read. */
export const toCsvLine = (cells: readonly CsvCell[]): string => `${cells.map(toCell).join(",")}${lineEnd}`;

/** Head of a CSV file: the mark by which spreadsheets know UTF-8, then the names of the columns. */
export const toCsvHead = (columns: readonly string[]): string => `${byteOrderMark}${toCsvLine(columns)}`;

/** A whole CSV file that a spreadsheet opens as it is meant: UTF-8 known, RFC 4180, no text a formula. */
export const toCsv = (columns: readonly string[], rows: readonly (readonly CsvCell[])[]): string =>
  `${toCsvHead(columns)}${rows.map(toCsvLine).join("")}`;
