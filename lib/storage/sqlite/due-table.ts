import type { StepDue } from "#lib/storage/journey-index.ts";
import type { Series } from "#lib/storage/sqlite/series.ts";
import type { SqliteFile } from "#lib/storage/sqlite/sqlite-file.ts";

const isSame = (a: StepDue, b: StepDue): boolean => a.step === b.step && a.dueAt === b.dueAt;

/** Deadlines by step and time. A journey judged anew replaces its own. */
export class DueTable {
  readonly #series: Series;

  constructor(series: Series) {
    this.#series = series;
  }

  replace(file: SqliteFile, flow: string, journey: number, old: readonly StepDue[], dues: readonly StepDue[]): void {
    for (const due of old) {
      if (dues.some((kept) => isSame(kept, due))) continue;
      const series = this.#series.idOf(file, flow, due.step);
      file.run("DELETE FROM due WHERE series = ? AND due_at = ? AND journey = ?", series, due.dueAt, journey);
    }
    for (const due of dues) {
      if (old.some((kept) => isSame(kept, due) && kept.arrived === due.arrived)) continue;
      const series = this.#series.idOf(file, flow, due.step);
      file.run("INSERT OR REPLACE INTO due VALUES (?, ?, ?, ?)", series, due.dueAt, journey, due.arrived ? 1 : 0);
    }
  }
}
