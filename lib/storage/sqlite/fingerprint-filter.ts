import { hashOf } from "#lib/storage/sqlite/index-entry.ts";
import { HASH_BITS } from "#lib/storage/sqlite/key-hash.ts";

const FINGERPRINT_BITS = 16;
const FINGERPRINT_RANGE = 2 ** FINGERPRINT_BITS;
/** Hashes a bucket on average, at most: one cache line of fingerprints. */
const BUCKET_SIZE = 16;
const HEADER_WORDS = 2;

/**
 * "Is this hash surely not in the sealed segment?" Where a Bloom filter of 12 bits a key touches seven cache lines and is wrong in
 * 0.4 % of cases, this touches two (a bucket's offset, then its 16-bit fingerprints) and is wrong in 0.02 % for 18 bits a hash; it is made in
 * one pass over the sorted index. See the README for the figures.
 */
export class FingerprintFilter {
  readonly #bucketBits: number;
  readonly #offsets: Uint32Array;
  readonly #fingerprints: Uint16Array;

  private constructor(bucketBits: number, offsets: Uint32Array, fingerprints: Uint16Array) {
    this.#bucketBits = bucketBits;
    this.#offsets = offsets;
    this.#fingerprints = fingerprints;
  }

  /** `entries` sorted, as HashIndex gives them. */
  static of(entries: Float64Array): FingerprintFilter {
    let distinct = 0;
    let last = -1;
    for (const entry of entries) {
      const hash = hashOf(entry);
      if (hash !== last) distinct += 1;
      last = hash;
    }
    const bucketBits = Math.min(
      HASH_BITS - FINGERPRINT_BITS,
      Math.max(0, Math.ceil(Math.log2(distinct / BUCKET_SIZE))),
    );
    const offsets = new Uint32Array(2 ** bucketBits + 1);
    const fingerprints = new Uint16Array(distinct);
    let at = 0;
    last = -1;
    for (const entry of entries) {
      const hash = hashOf(entry);
      if (hash === last) continue;
      last = hash;
      fingerprints[at] = fingerprintOf(hash, bucketBits);
      at += 1;
      offsets[bucketOf(hash, bucketBits) + 1] = at;
    }
    for (let bucket = 1; bucket < offsets.length; bucket += 1) {
      offsets[bucket] = Math.max(offsets[bucket] ?? 0, offsets[bucket - 1] ?? 0);
    }
    return new FingerprintFilter(bucketBits, offsets, fingerprints);
  }

  static fromBytes(bytes: Uint8Array): FingerprintFilter {
    const owned = bytes.slice().buffer;
    const [bucketBits = 0, count = 0] = new Uint32Array(owned, 0, HEADER_WORDS);
    const offsets = new Uint32Array(owned, HEADER_WORDS * 4, 2 ** bucketBits + 1);
    return new FingerprintFilter(
      bucketBits,
      offsets,
      new Uint16Array(owned, (HEADER_WORDS + offsets.length) * 4, count),
    );
  }

  toBytes(): Uint8Array {
    const words = HEADER_WORDS + this.#offsets.length;
    const bytes = new Uint8Array(words * 4 + this.#fingerprints.byteLength);
    const header = new Uint32Array(bytes.buffer, 0, words);
    header.set([this.#bucketBits, this.#fingerprints.length]);
    header.set(this.#offsets, HEADER_WORDS);
    new Uint16Array(bytes.buffer, words * 4).set(this.#fingerprints);
    return bytes;
  }

  /** So many upper bits of each hash are in here. */
  get knownBits(): number {
    return this.#bucketBits + FINGERPRINT_BITS;
  }

  /** The known bits of each hash, in order. A segment holds too few events for more than 31 of them. */
  each(visit: (bits: number) => void): void {
    for (let bucket = 0; bucket + 1 < this.#offsets.length; bucket += 1) {
      const end = this.#offsets[bucket + 1] ?? 0;
      for (let at = this.#offsets[bucket] ?? 0; at < end; at += 1) {
        visit(((bucket << FINGERPRINT_BITS) | (this.#fingerprints[at] ?? 0)) >>> 0);
      }
    }
  }

  mayHave(hash: number): boolean {
    const bucket = bucketOf(hash, this.#bucketBits);
    const fingerprint = fingerprintOf(hash, this.#bucketBits);
    const end = this.#offsets[bucket + 1] ?? 0;
    for (let at = this.#offsets[bucket] ?? 0; at < end; at += 1) {
      if (this.#fingerprints[at] === fingerprint) return true;
    }
    return false;
  }
}

/** The hash's upper bits. */
const bucketOf = (hash: number, bucketBits: number): number => Math.floor(hash / 2 ** (HASH_BITS - bucketBits));

/** The sixteen bits below those of the bucket. */
const fingerprintOf = (hash: number, bucketBits: number): number =>
  Math.floor(hash / 2 ** (HASH_BITS - bucketBits - FINGERPRINT_BITS)) % FINGERPRINT_RANGE;
