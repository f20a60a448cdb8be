import { createHash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { chainText } from "#lib/audit/chain-text.ts";
import type { AuditEntry, ChainedEntry } from "#lib/storage/audit.ts";
import type { ControlDatabase } from "#lib/storage/sqlite/control/control-database.ts";
import { fieldsOf, numberOf, oneOf, textOf, textOrNullOf, type Row } from "#lib/storage/sqlite/control/row.ts";

/** A process's own chain of audit entries. `append` runs inside the transaction of the change it tells of. */
export interface AuditChain {
  append(entries: readonly AuditEntry[]): void;
}

const results = ["done", "refused", "failed"] as const;

const hashOf = (
  previous: string,
  process: string,
  sequence: number,
  entry: AuditEntry,
  detail: string | null,
): string =>
  createHash("sha256")
    .update(chainText(previous, process, sequence, entry, detail))
    .digest("hex");

/** Chains of several processes with the same name are one: the head is read under the write lock. */
export const auditChain = (database: ControlDatabase, process: string): AuditChain => ({
  append(entries) {
    const head = database.get(
      "SELECT sequence, hash FROM audit WHERE process = ? ORDER BY sequence DESC LIMIT 1",
      process,
    );
    let sequence = head === null ? 0 : numberOf(head, "sequence");
    let previous = head === null ? "" : textOf(head, "hash");
    for (const entry of entries) {
      sequence += 1;
      const detail = entry.detail === undefined ? null : JSON.stringify(entry.detail);
      previous = hashOf(previous, process, sequence, entry, detail);
      database.run(
        "INSERT INTO audit (process, sequence, at, by, action, object, result, detail, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        process,
        sequence,
        entry.at,
        entry.by,
        entry.action,
        entry.object,
        entry.result,
        detail,
        previous,
      );
    }
  },
});

export const toChainedEntry = (row: Row): ChainedEntry => ({
  at: numberOf(row, "at"),
  by: textOf(row, "by"),
  action: textOf(row, "action"),
  object: textOf(row, "object"),
  result: oneOf(row, "result", results),
  ...(row["detail"] === null ? {} : { detail: fieldsOf(row, "detail") }),
  sequence: numberOf(row, "sequence"),
  process: textOf(row, "process"),
  hash: textOf(row, "hash"),
});

/** Entries looked at in one go: others are served between two. */
const perSlice = 2_000;

async function* eachInOrder(database: ControlDatabase): AsyncGenerator<Row> {
  let place: readonly [process: string, sequence: number] = ["", -1];
  for (;;) {
    const rows = database.all(
      "SELECT * FROM audit WHERE (process, sequence) > (?, ?) ORDER BY process, sequence LIMIT ?",
      ...place,
      perSlice,
    );
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < perSlice) return;
    place = [textOf(last, "process"), numberOf(last, "sequence")];
    await setImmediate();
  }
}

/** The first entry that does not follow from the one before it in its chain. */
export const findBreak = async (database: ControlDatabase): Promise<{ process: string; sequence: number } | null> => {
  let process: string | null = null;
  let sequence = 0;
  let previous = "";
  for await (const row of eachInOrder(database)) {
    const entry = toChainedEntry(row);
    if (entry.process !== process) {
      process = entry.process;
      sequence = 0;
      previous = "";
    }
    const expected = hashOf(previous, process, sequence + 1, entry, textOrNullOf(row, "detail"));
    if (entry.sequence !== sequence + 1 || entry.hash !== expected) return { process, sequence: entry.sequence };
    sequence = entry.sequence;
    previous = entry.hash;
  }
  return null;
};
