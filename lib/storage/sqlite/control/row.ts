import { StorageError } from "#lib/storage/storage-error.ts";

/** One row as node:sqlite hands it over. */
export type Row = Readonly<Record<string, unknown>>;

const wrong = (column: string): StorageError =>
  new StorageError("damaged", `The control store holds a value in "${column}" that Hopline did not write.`);

export const textOf = (row: Row, column: string): string => {
  const value = row[column];
  if (typeof value !== "string") throw wrong(column);
  return value;
};

export const numberOf = (row: Row, column: string): number => {
  const value = row[column];
  if (typeof value !== "number") throw wrong(column);
  return value;
};

export const textOrNullOf = (row: Row, column: string): string | null =>
  row[column] === null ? null : textOf(row, column);

export const numberOrNullOf = (row: Row, column: string): number | null =>
  row[column] === null ? null : numberOf(row, column);

/** The text where it is one of `allowed`. */
export const oneOf = <Value extends string>(row: Row, column: string, allowed: readonly Value[]): Value => {
  const value = textOf(row, column);
  const known = allowed.find((one) => one === value);
  if (known === undefined) throw wrong(column);
  return known;
};

export const jsonOf = (row: Row, column: string): unknown => {
  const text = textOf(row, column);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new StorageError("damaged", `The control store holds text in "${column}" that is not JSON.`, error);
  }
};

/** For columns that this adapter fills with objects only. */
export const fieldsOf = (row: Row, column: string): Readonly<Record<string, unknown>> => {
  const value = jsonOf(row, column);
  if (typeof value !== "object" || value === null) throw wrong(column);
  return { ...value };
};

/** For columns that this adapter fills with lists of texts only. */
export const textsOf = (row: Row, column: string): readonly string[] => {
  const value = jsonOf(row, column);
  if (!Array.isArray(value)) throw wrong(column);
  return value.filter((item) => typeof item === "string");
};
