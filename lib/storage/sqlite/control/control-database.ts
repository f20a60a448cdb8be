import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { StorageError } from "#lib/storage/storage-error.ts";
import { applicationId, migrations } from "#lib/storage/sqlite/control/schema.ts";
import { toStorageError } from "#lib/storage/sqlite/sqlite-error.ts";
import { numberOf, textOf, type Row } from "#lib/storage/sqlite/control/row.ts";

/** How long a writer waits for another process's transaction. */
const busyTimeoutMs = 5_000;

/** `control.db`: synchronous calls, every failure a StorageError. Any number of processes open it at once. */
export class ControlDatabase {
  readonly #sql: DatabaseSync;
  readonly #file: string;
  readonly #statements = new Map<string, StatementSync>();

  private constructor(sql: DatabaseSync, file: string) {
    this.#sql = sql;
    this.#file = file;
  }

  /** `check`: read every page once, so that damage is refused now and not met later. */
  static open(file: string, options: { readonly check: boolean }): ControlDatabase {
    let sql: DatabaseSync | null = null;
    try {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      sql = new DatabaseSync(file, { timeout: busyTimeoutMs });
      const database = new ControlDatabase(sql, file);
      database.#prepareFile(options.check);
      return database;
    } catch (error) {
      if (sql?.isOpen === true) sql.close();
      throw toStorageError(error, file);
    }
  }

  get(text: string, ...values: SQLInputValue[]): Row | null {
    return this.#guard(() => this.#statement(text).get(...values) ?? null);
  }

  all(text: string, ...values: SQLInputValue[]): readonly Row[] {
    return this.#guard(() => this.#statement(text).all(...values));
  }

  /** How many rows changed. */
  run(text: string, ...values: SQLInputValue[]): number {
    return this.#guard(() => Number(this.#statement(text).run(...values).changes));
  }

  /** All or nothing, durable when it returns; the write lock is taken at the start, so what is read inside stays true. */
  transact<Result>(work: () => Result): Result {
    return this.#guard(() => {
      this.#sql.exec("BEGIN IMMEDIATE");
      try {
        const result = work();
        this.#sql.exec("COMMIT");
        return result;
      } catch (error) {
        if (this.#sql.isTransaction) this.#sql.exec("ROLLBACK");
        throw error;
      }
    });
  }

  /** Keeps everybody else from writing, and what is read as it is, until it is closed; it can't be written through either. */
  hold(): void {
    this.#guard(() => {
      this.#sql.exec("BEGIN IMMEDIATE");
    });
  }

  close(): void {
    this.#statements.clear();
    if (this.#sql.isOpen) this.#sql.close();
  }

  #statement(text: string): StatementSync {
    const known = this.#statements.get(text);
    if (known !== undefined) return known;
    const made = this.#sql.prepare(text);
    this.#statements.set(text, made);
    return made;
  }

  #guard<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      throw toStorageError(error, this.#file);
    }
  }

  #prepareFile(check: boolean): void {
    this.#refuseForeign();
    if (check) this.#refuseDamaged();
    this.#sql.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON");
    if (this.#version() === migrations.length) return;
    this.transact(() => {
      // read again: another process may have migrated while this one waited for the lock
      const done = this.#version();
      for (const migration of migrations.slice(done)) this.#sql.exec(migration);
      this.#sql.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${migrations.length}`);
    });
  }

  #refuseForeign(): void {
    // in this order: another process may make the file between the two, and then both are there at the second
    const version = this.#version();
    const owner = this.#pragma("application_id");
    if (owner !== applicationId && (owner !== 0 || version !== 0)) {
      throw new StorageError("damaged", `${this.#file} is not a Hopline control store.`);
    }
    if (version > migrations.length) {
      throw new StorageError(
        "newer_version",
        `${this.#file} was written by a newer Hopline (schema ${version}, this one knows ${migrations.length}). Start the newer version or restore a backup.`,
      );
    }
  }

  #refuseDamaged(): void {
    const found = this.#sql.prepare("PRAGMA quick_check(1)").get();
    if (found === undefined || textOf(found, "quick_check") !== "ok") {
      throw new StorageError("damaged", `${this.#file} is damaged. Restore it from a backup.`);
    }
  }

  #version(): number {
    return this.#pragma("user_version");
  }

  #pragma(name: "application_id" | "user_version"): number {
    return numberOf(this.#sql.prepare(`PRAGMA ${name}`).get() ?? {}, name);
  }
}
