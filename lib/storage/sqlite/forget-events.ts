import { EventBlock, packBlock } from "#lib/storage/sqlite/event-block.ts";
import { eventOf, toBytes, toEntries } from "#lib/storage/sqlite/index-entry.ts";
import { writeSealedIndex } from "#lib/storage/sqlite/segment-index.ts";
import type { Segment } from "#lib/storage/sqlite/segment.ts";
import type { SqliteFile } from "#lib/storage/sqlite/sqlite-file.ts";

/**
 * Takes events out of a segment, in one transaction: their lines become empty, their index entries and what the failures page counts of
 * these flows go; numbers stay, so that every position does. The bytes are overwritten, not only unlinked.
 */
export const forgetEvents = (segment: Segment, events: ReadonlySet<number>, flows: readonly string[]): void => {
  const { file } = segment;
  file.exec("PRAGMA secure_delete = ON");
  file.transaction(() => {
    emptyLines(file, events);
    if (segment.isSealed) for (const index of ["identity", "key"] as const) thinPages(file, index, events);
    else thinPostings(file, events);
    file.run("DELETE FROM failed WHERE flow IN (SELECT value FROM json_each(?))", JSON.stringify(flows));
    file.run("UPDATE segment SET forgotten = forgotten + ?", events.size);
  });
  file.exec("PRAGMA secure_delete = OFF; PRAGMA wal_checkpoint(TRUNCATE)");
  segment.reload();
};

const emptyLines = (file: SqliteFile, events: ReadonlySet<number>): void => {
  const blocks = new Map<number, number[]>();
  for (const event of events) {
    const block = file.get<{ first: number }>(
      { sql: "SELECT first FROM block WHERE first <= ? ORDER BY first DESC LIMIT 1" },
      event,
    );
    if (file.run("UPDATE tail SET line = '' WHERE event = ?", event).changes > 0 || block === undefined) continue;
    blocks.set(block.first, [...(blocks.get(block.first) ?? []), event - block.first]);
  }
  for (const [first, places] of blocks) {
    const row = file.get<{ lines: Uint8Array }>({ sql: "SELECT lines FROM block WHERE first = ?" }, first);
    if (row === undefined) continue;
    const block = new EventBlock(row.lines);
    const lines = Array.from({ length: block.count }, (_, place) => (places.includes(place) ? "" : block.line(place)));
    file.run("UPDATE block SET lines = ? WHERE first = ?", packBlock(lines), first);
  }
};

const thinPostings = (file: SqliteFile, events: ReadonlySet<number>): void => {
  const rows = file.all<{ first: number; identities: Uint8Array; keys: Uint8Array }>({ sql: "SELECT * FROM posting" });
  for (const { first, identities, keys } of rows) {
    const [thinIdentities, thinKeys] = [thin(identities, events), thin(keys, events)];
    if (thinIdentities === null && thinKeys === null) continue;
    file.run(
      "UPDATE posting SET identities = ?, keys = ? WHERE first = ?",
      thinIdentities ?? identities,
      thinKeys ?? keys,
      first,
    );
  }
};

/** null where none of the entries goes. */
const thin = (bytes: Uint8Array, events: ReadonlySet<number>): Uint8Array | null => {
  const entries = toEntries(bytes);
  const kept = entries.filter((entry) => !events.has(eventOf(entry)));
  return kept.length === entries.length ? null : toBytes(kept);
};

const thinPages = (file: SqliteFile, index: "identity" | "key", events: ReadonlySet<number>): void => {
  const sql = `SELECT entries FROM ${index}_page ORDER BY first`;
  const pages = file.all<{ entries: Uint8Array }>({ sql }).map((page) => toEntries(page.entries));
  const kept = new Float64Array(pages.reduce((sum, page) => sum + page.length, 0));
  let count = 0;
  for (const page of pages) {
    for (const entry of page) {
      if (events.has(eventOf(entry))) continue;
      kept[count] = entry;
      count += 1;
    }
  }
  file.run(`DELETE FROM ${index}_page`);
  file.run("DELETE FROM filter WHERE name = ?", index);
  writeSealedIndex(file, index, kept.subarray(0, count));
};
