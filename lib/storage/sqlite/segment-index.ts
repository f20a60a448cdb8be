import { FingerprintFilter } from "#lib/storage/sqlite/fingerprint-filter.ts";
import { eventOf, lowerBound, toBytes, toEntries, toEntry } from "#lib/storage/sqlite/index-entry.ts";
import type { SqliteFile } from "#lib/storage/sqlite/sqlite-file.ts";

/** Hash → numbers of events in one segment. */
export interface EventIndex {
  /** Events under the hash, numbers below `below`, newest first, at most `limit`. */
  list(hash: number, below: number, limit: number): number[];
  /** The same, for who has reason to expect some: no filter is asked first. */
  read(hash: number, below: number, limit: number): number[];
}

type IndexName = "identity" | "key";

/** As many as fill one database page with its header. */
const ENTRIES_PER_PAGE = 500;

const sqlOf = {
  identity: {
    insert: "INSERT INTO identity_page VALUES (?, ?)",
    before: "SELECT first, entries FROM identity_page WHERE first < ? ORDER BY first DESC LIMIT 1",
  },
  key: {
    insert: "INSERT INTO key_page VALUES (?, ?)",
    before: "SELECT first, entries FROM key_page WHERE first < ? ORDER BY first DESC LIMIT 1",
  },
} as const satisfies Record<IndexName, unknown>;

/** Writes the sorted entries of a segment that is being sealed, and the filter over them. */
export const writeSealedIndex = (file: SqliteFile, name: IndexName, entries: Float64Array): void => {
  for (let start = 0; start < entries.length; start += ENTRIES_PER_PAGE) {
    const page = entries.subarray(start, start + ENTRIES_PER_PAGE);
    file.run(sqlOf[name].insert, page[0] ?? 0, toBytes(page));
  }
  file.run("INSERT INTO filter VALUES (?, ?)", name, FingerprintFilter.of(entries).toBytes());
};

/** Of a sealed segment. */
export const readFilter = (file: SqliteFile, name: IndexName): FingerprintFilter => {
  const row = file.get<{ bytes: Uint8Array }>({ sql: "SELECT bytes FROM filter WHERE name = ?" }, name);
  return row === undefined ? FingerprintFilter.of(new Float64Array()) : FingerprintFilter.fromBytes(row.bytes);
};

/** The index of a sealed segment: the filter in memory answers nearly every "not here", sorted pages the rest. */
export class SealedIndex implements EventIndex {
  readonly #file: SqliteFile;
  readonly #name: IndexName;
  #filter: FingerprintFilter | null = null;

  constructor(file: SqliteFile, name: IndexName) {
    this.#file = file;
    this.#name = name;
  }

  list(hash: number, below: number, limit: number): number[] {
    return this.#filterOf().mayHave(hash) ? this.read(hash, below, limit) : [];
  }

  read(hash: number, below: number, limit: number): number[] {
    const found: number[] = [];
    const start = toEntry(hash, 0);
    let end = toEntry(hash, 0) + below;
    while (found.length < limit) {
      const page = this.#file.get<{ first: number; entries: Uint8Array }>({ sql: sqlOf[this.#name].before }, end);
      if (page === undefined) break;
      const entries = toEntries(page.entries);
      for (let at = lowerBound(entries, end) - 1; at >= 0 && found.length < limit; at -= 1) {
        const entry = entries[at] ?? 0;
        if (entry < start) return found;
        found.push(eventOf(entry));
      }
      end = page.first;
    }
    return found;
  }

  /** Read at the first question: a process that never asks for identities never holds their filters. */
  #filterOf(): FingerprintFilter {
    this.#filter ??= readFilter(this.#file, this.#name);
    return this.#filter;
  }
}
