import type { StoredEvent } from "#lib/event/hop-event.ts";
import { EventBlock } from "#lib/storage/sqlite/event-block.ts";
import { HashIndex } from "#lib/storage/sqlite/hash-index.ts";
import { EVENTS_PER_SEGMENT_LIMIT, eventOf, hashOf, toEntries } from "#lib/storage/sqlite/index-entry.ts";
import type { Lru } from "#lib/storage/sqlite/lru.ts";
import { type EventIndex, SealedIndex } from "#lib/storage/sqlite/segment-index.ts";
import type { SqliteFile } from "#lib/storage/sqlite/sqlite-file.ts";

type BlockCache = Lru<string, EventBlock>;

interface SegmentSummary {
  readonly sealed: number;
  readonly events: number;
  readonly newest_arrival: number;
  readonly oldest_event_time: number;
  readonly newest_event_time: number;
  readonly forgotten: number;
}

/** Lines were written from a StoredEvent, by us, and came back whole (or the block would not have opened). */
const eventFrom = (line: string): StoredEvent => JSON.parse(line) as StoredEvent;

/** One file of events, open or sealed, as both processes read it. */
export class Segment {
  readonly name: string;
  readonly file: SqliteFile;
  readonly #blocks: BlockCache;
  #summary: SegmentSummary;
  /** Events whose index entries are in memory; those of an open segment only. */
  #indexed = 0;
  #openIdentities = new HashIndex();
  #openKeys = new HashIndex();
  #identities: EventIndex = this.#openIdentities;
  #keys: EventIndex = this.#openKeys;

  constructor(name: string, file: SqliteFile, blocks: BlockCache) {
    this.name = name;
    this.file = file;
    this.#blocks = blocks;
    this.#summary = this.#readSummary();
    this.#follow();
  }

  get identities(): EventIndex {
    return this.#identities;
  }

  get keys(): EventIndex {
    return this.#keys;
  }

  get summary(): SegmentSummary {
    return this.#summary;
  }

  get count(): number {
    return this.#summary.events;
  }

  /** Without those that were forgotten. */
  get keptCount(): number {
    return this.#summary.events - this.#summary.forgotten;
  }

  get isSealed(): boolean {
    return this.#summary.sealed === 1;
  }

  /** Takes in what the writer has added since; cheap when nothing changed, nothing to do once sealed. */
  refresh(): void {
    if (this.isSealed) return;
    this.file.snapshot(() => {
      this.#summary = this.#readSummary();
      this.#follow();
    });
  }

  /** null for a forgotten one. */
  find(event: number): StoredEvent | null {
    const line = this.line(event);
    return line === "" ? null : eventFrom(line);
  }

  /** The writer's, after events were taken out: nothing that was read before holds any more. */
  reload(): void {
    this.#blocks.clear();
    this.#indexed = 0;
    this.#openIdentities = new HashIndex();
    this.#openKeys = new HashIndex();
    this.#identities = this.#openIdentities;
    this.#keys = this.#openKeys;
    this.#summary = this.#readSummary();
    this.#follow();
  }

  line(event: number): string {
    const block = this.#blockAt(event);
    if (block !== null && event - block.first < block.block.count) return block.block.line(event - block.first);
    const row = this.file.get<{ line: string }>({ sql: "SELECT line FROM tail WHERE event = ?" }, event);
    if (row === undefined) throw new Error(`Event ${event} is not in ${this.file.path}`);
    return row.line;
  }

  /** Sorted indexes of an open segment, for sealing it. */
  toSortedIndexes(): { readonly identities: Float64Array; readonly keys: Float64Array } {
    return { identities: this.#openIdentities.toSorted(), keys: this.#openKeys.toSorted() };
  }

  #blockAt(event: number): { readonly first: number; readonly block: EventBlock } | null {
    const place = this.file.get<{ first: number }>(
      { sql: "SELECT first FROM block WHERE first <= ? ORDER BY first DESC LIMIT 1" },
      event,
    );
    if (place === undefined) return null;
    const cacheKey = `${this.name}/${place.first}`;
    const cached = this.#blocks.get(cacheKey);
    if (cached !== undefined) return { first: place.first, block: cached };
    const row = this.file.get<{ lines: Uint8Array }>({ sql: "SELECT lines FROM block WHERE first = ?" }, place.first);
    if (row === undefined) return null;
    const block = new EventBlock(row.lines);
    this.#blocks.set(cacheKey, block, block.sizeBytes);
    return { first: place.first, block };
  }

  #readSummary(): SegmentSummary {
    const row = this.file.get<SegmentSummary>({ sql: "SELECT * FROM segment" });
    if (row === undefined) throw new Error(`${this.file.path} has no summary`);
    return row;
  }

  #follow(): void {
    if (this.isSealed) {
      // There may be hundreds of these: the operating system's cache serves them all better than one of its own for each.
      this.file.exec("PRAGMA cache_size = -500");
      this.#openIdentities = new HashIndex();
      this.#openKeys = new HashIndex();
      this.#identities = new SealedIndex(this.file, "identity");
      this.#keys = new SealedIndex(this.file, "key");
      return;
    }
    if (this.#indexed === this.#summary.events) return;
    const postings = this.file.all<{ identities: Uint8Array; keys: Uint8Array }>(
      { sql: "SELECT identities, keys FROM posting WHERE first >= ? ORDER BY first" },
      this.#indexed,
    );
    for (const posting of postings) {
      for (const entry of toEntries(posting.identities)) this.#openIdentities.add(hashOf(entry), eventOf(entry));
      for (const entry of toEntries(posting.keys)) this.#openKeys.add(hashOf(entry), eventOf(entry));
    }
    this.#indexed = this.#summary.events;
  }
}

/** Above every number an event can have. */
export const AFTER_LAST_EVENT = EVENTS_PER_SEGMENT_LIMIT;
