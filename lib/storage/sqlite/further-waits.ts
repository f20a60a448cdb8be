import type { JourneyRow } from "#lib/storage/journey-index.ts";
import type { SqliteFile } from "#lib/storage/sqlite/sqlite-file.ts";

/** Within a transaction: what a journey waits for besides the one source and step that its own row has room for. */
export const replaceFurtherWaits = (
  file: SqliteFile,
  flow: number,
  id: number,
  old: JourneyRow | null,
  row: JourneyRow | null,
): void => {
  const before = old?.wake.more ?? [];
  const after = row?.wake.more ?? [];
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  if (before.length > 0) file.run("DELETE FROM further_wait WHERE journey = ?", id);
  for (const { source, step } of after) {
    file.run(
      "INSERT INTO further_wait (journey, flow, primary_value, source, after, step) VALUES (?, ?, ?, ?, ?, ?)",
      id,
      flow,
      row?.primary ?? "",
      source?.source ?? null,
      source?.after ?? null,
      step ?? null,
    );
  }
};
