import type { JourneyRow } from "#lib/storage/journey-index.ts";
import type { SqliteFile } from "#lib/storage/sqlite/sqlite-file.ts";
import { codeOfState } from "#lib/storage/sqlite/state-code.ts";

/**
 * Broken journeys by all that makes them alike. Each points to one row here, so that counting and listing by any of step,
 * reason, class, field, system, point or signature costs as much as there are kinds of failure, not as there are journeys.
 */
export class FailureTable {
  readonly #ids = new Map<string, number>();
  readonly #changes = new Map<number, number>();

  /** null for a journey that is not broken. */
  idOf(file: SqliteFile, row: JourneyRow): number | null {
    if (row.reason === null) return null;
    const { flow, step, reason, errorClass, field, system, point, signature } = row;
    const state = codeOfState(row.state);
    const identity = JSON.stringify([flow, state, step, reason, errorClass, field, system, point, signature]);
    const known = this.#ids.get(identity) ?? this.#find(file, identity);
    if (known !== undefined) return known;
    const { rowId } = file.run(
      `INSERT INTO failure (flow, state, step, reason, error_class, field, system, point, signature, identity, count)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)`,
      flow,
      state,
      step,
      reason,
      errorClass,
      field,
      system,
      point,
      signature,
      identity,
    );
    this.#ids.set(identity, rowId);
    return rowId;
  }

  change(id: number | null, by: 1 | -1): void {
    if (id !== null) this.#changes.set(id, (this.#changes.get(id) ?? 0) + by);
  }

  /** Writes the counts of what changed since the last time; kinds that nothing is left of go. */
  writeCounts(file: SqliteFile): void {
    for (const [id, by] of this.#changes) {
      if (by !== 0) file.run("UPDATE failure SET count = count + ? WHERE id = ?", by, id);
      if (file.run("DELETE FROM failure WHERE id = ? AND count = 0", id).changes > 0) this.#ids.clear();
    }
    this.#changes.clear();
  }

  /** After a transaction that did not go through. */
  forget(): void {
    this.#ids.clear();
    this.#changes.clear();
  }

  #find(file: SqliteFile, identity: string): number | undefined {
    const id = file.get<{ id: number }>({ sql: "SELECT id FROM failure WHERE identity = ?" }, identity)?.id;
    if (id !== undefined) this.#ids.set(identity, id);
    return id;
  }
}
