import { createReadStream } from "node:fs";
import { parse } from "csv-parse";
import type { Row } from "#ingest/import/map-row.ts";

export interface LogRow {
  /** Line of the file on which the row ends, from 1. */
  readonly line: number;
  readonly row: Row;
}

/**
 * Reads a CSV event log row by row: comma, semicolon or tab, quoted as RFC 4180 says, with or without BOM.
 * Throws where the file is not CSV, with the line.
 */
export async function* readLog(file: string): AsyncGenerator<LogRow> {
  const parser = createReadStream(file).pipe(
    parse({
      columns: true,
      bom: true,
      delimiter: [",", ";", "\t"],
      info: true,
      skip_empty_lines: true,
      relax_column_count: true,
    }),
  );
  for await (const record of parser) yield toLogRow(asRecord(record));
}

interface CsvRecord {
  readonly record: Row;
  readonly info: { readonly lines: number };
}

/** Guaranteed by csv-parse with `columns` and `info`; its stream's type says any. */
const asRecord = (record: unknown): CsvRecord => record as CsvRecord;

const toLogRow = (record: CsvRecord): LogRow => ({
  line: record.info.lines,
  row: record.record,
});

export const readHeader = async (file: string): Promise<readonly string[]> => {
  for await (const { row } of readLog(file)) return Object.keys(row);
  return [];
};
