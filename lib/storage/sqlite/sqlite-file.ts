import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { toStorageError } from "#lib/storage/sqlite/sqlite-error.ts";

/** A statement and the type of the rows it selects: they stand side by side, wherever it is used. */
export interface Query<Row> {
  readonly sql: string;
  readonly row?: Row;
}

/** Rows of our own tables have the columns and types that the query says. */
const rowsOf = <Row>(_query: Query<Row>, rows: readonly unknown[]): readonly Row[] => rows as readonly Row[];

/** One open database file: prepares each statement once, and turns every failure into a StorageError that names the file. */
export class SqliteFile {
  readonly path: string;
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(path: string, mode: "read" | "write" | "create") {
    this.path = path;
    try {
      this.#database = new DatabaseSync(path, { readOnly: mode === "read", timeout: 2_000 });
    } catch (error) {
      throw toStorageError(error, path);
    }
  }

  run(sql: string, ...values: SQLInputValue[]): { readonly changes: number; readonly rowId: number } {
    try {
      const done = this.#statement(sql).run(...values);
      return { changes: Number(done.changes), rowId: Number(done.lastInsertRowid) };
    } catch (error) {
      throw toStorageError(error, this.path);
    }
  }

  get<Row>(query: Query<Row>, ...values: SQLInputValue[]): Row | undefined {
    try {
      const row = this.#statement(query.sql).get(...values);
      return row === undefined ? undefined : rowsOf(query, [row])[0];
    } catch (error) {
      throw toStorageError(error, this.path);
    }
  }

  all<Row>(query: Query<Row>, ...values: SQLInputValue[]): readonly Row[] {
    try {
      return rowsOf(query, this.#statement(query.sql).all(...values));
    } catch (error) {
      throw toStorageError(error, this.path);
    }
  }

  /** Several statements without values. */
  exec(sql: string): void {
    try {
      this.#database.exec(sql);
    } catch (error) {
      throw toStorageError(error, this.path);
    }
  }

  /** All or nothing: whatever fails, the file is as it was before. */
  transaction<T>(work: () => T): T {
    this.exec("BEGIN IMMEDIATE");
    try {
      const result = work();
      this.exec("COMMIT");
      return result;
    } catch (error) {
      this.#rollback();
      throw error;
    }
  }

  /** Several reads that see one and the same state. */
  snapshot<T>(read: () => T): T {
    if (this.#database.isTransaction) return read();
    this.exec("BEGIN");
    try {
      return read();
    } finally {
      this.#rollback();
    }
  }

  close(): void {
    this.#statements.clear();
    if (this.#database.isOpen) this.#database.close();
  }

  /** SQLite has already rolled back by itself after some failures (a full disk among them). */
  #rollback(): void {
    if (this.#database.isTransaction) this.exec("ROLLBACK");
  }

  #statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}
