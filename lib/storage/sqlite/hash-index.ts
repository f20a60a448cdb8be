import { toEntry } from "#lib/storage/sqlite/index-entry.ts";

const NONE = -1;
const FIRST_CAPACITY = 1_024;

/**
 * The index of an open segment in memory: hash → events, newest first. Typed arrays, since a Map of a million
 * boxed numbers costs four times the memory and the collector's time on top.
 */
export class HashIndex {
  #size = 0;
  #hashes = new Float64Array(FIRST_CAPACITY);
  #events = new Uint32Array(FIRST_CAPACITY);
  /** Entry before this one in the same bucket. */
  #before = new Int32Array(FIRST_CAPACITY);
  #buckets = new Int32Array(FIRST_CAPACITY).fill(NONE);

  get size(): number {
    return this.#size;
  }

  add(hash: number, event: number): void {
    if (this.#size === this.#hashes.length) this.#grow();
    const entry = this.#size;
    this.#size += 1;
    this.#hashes[entry] = hash;
    this.#events[entry] = event;
    this.#link(entry, hash);
  }

  /** Events under the hash, numbers below `below`, newest first, at most `limit`. */
  list(hash: number, below: number, limit: number): number[] {
    const found: number[] = [];
    let entry = this.#buckets[this.#bucketOf(hash)] ?? NONE;
    while (entry !== NONE && found.length < limit) {
      const event = this.#events[entry] ?? 0;
      if (this.#hashes[entry] === hash && event < below) found.push(event);
      entry = this.#before[entry] ?? NONE;
    }
    return found;
  }

  read(hash: number, below: number, limit: number): number[] {
    return this.list(hash, below, limit);
  }

  /** Every entry, sorted by hash, then by arrival. */
  toSorted(): Float64Array {
    const entries = new Float64Array(this.#size);
    for (let entry = 0; entry < this.#size; entry += 1) {
      entries[entry] = toEntry(this.#hashes[entry] ?? 0, this.#events[entry] ?? 0);
    }
    return entries.toSorted();
  }

  #link(entry: number, hash: number): void {
    const bucket = this.#bucketOf(hash);
    this.#before[entry] = this.#buckets[bucket] ?? NONE;
    this.#buckets[bucket] = entry;
  }

  /** The number of buckets is a power of two; `&` takes the hash's lower 32 bits by itself. */
  #bucketOf(hash: number): number {
    return hash & (this.#buckets.length - 1);
  }

  #grow(): void {
    const capacity = this.#hashes.length * 2;
    const hashes = new Float64Array(capacity);
    hashes.set(this.#hashes);
    this.#hashes = hashes;
    const events = new Uint32Array(capacity);
    events.set(this.#events);
    this.#events = events;
    this.#before = new Int32Array(capacity);
    this.#buckets = new Int32Array(capacity).fill(NONE);
    for (let entry = 0; entry < this.#size; entry += 1) this.#link(entry, this.#hashes[entry] ?? 0);
  }
}
