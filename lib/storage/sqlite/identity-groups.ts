import type { FingerprintFilter } from "#lib/storage/sqlite/fingerprint-filter.ts";
import { readFilter } from "#lib/storage/sqlite/segment-index.ts";
import type { Segment } from "#lib/storage/sqlite/segment.ts";
import { HASH_BITS } from "#lib/storage/sqlite/key-hash.ts";

/** Segments of one group: a number below it and a fingerprint share sixteen bits. */
const SLOT_BITS = 4;
const SLOTS = 2 ** SLOT_BITS;
const FINGERPRINT_BITS = 16 - SLOT_BITS;
/** With sixteen segments of 250,000 events fifteen to a bucket: one cache line. */
const BUCKET_BITS = 18;

interface Group {
  readonly segments: readonly Segment[];
  readonly offsets: Uint32Array;
  /** Bucket by bucket; of each identity its fingerprint and the place of its segment. */
  readonly entries: Uint16Array;
}

/**
 * "Which sealed segment may hold this identity?" The filters of up to sixteen segments laid into one, so that an event costs one look where
 * it would cost one a segment; as large as the filters were apart. Segments of too few events stay outside: their filters know too
 * little of each hash.
 */
export class IdentityGroups {
  readonly #bucketBits: number;
  #groups: readonly Group[] = [];
  #outside: readonly Segment[] = [];

  constructor(bucketBits = BUCKET_BITS) {
    this.#bucketBits = bucketBits;
  }

  /** Those that are not sealed yet, or too small. */
  get outside(): readonly Segment[] {
    return this.#outside;
  }

  /** Told of all segments, oldest first, whenever one was begun or has gone. */
  follow(segments: readonly Segment[]): void {
    const kept = this.#groups.map((group) => group.segments.filter((segment) => segments.includes(segment)));
    const grouped = new Set(kept.flat());
    const outside: Segment[] = [];
    for (const segment of segments) {
      if (grouped.has(segment)) continue;
      if (!this.#fits(segment)) {
        outside.push(segment);
        continue;
      }
      const last = kept.at(-1);
      if (last === undefined || last.length === SLOTS) kept.push([segment]);
      else last.push(segment);
    }
    const known = this.#groups;
    // What is made anew is let go of first: both at once would be held for nothing.
    this.#groups = known.filter((group, at) => isSame(group.segments, kept[at] ?? []));
    const unchanged = new Map(this.#groups.map((group) => [group.segments[0], group]));
    this.#groups = kept
      .filter((members) => members.length > 0)
      .map((members) => {
        const group = unchanged.get(members[0]);
        return group !== undefined && isSame(group.segments, members) ? group : this.#make(members);
      });
    this.#outside = outside;
  }

  /** Sealed segments that may hold the identity, oldest first. Nearly always none. */
  list(hash: number): readonly Segment[] {
    let found: Segment[] = none;
    for (const group of this.#groups) {
      const slots = this.#slotsOf(group, hash);
      if (slots !== 0) found = [...found, ...group.segments.filter((_, slot) => (slots & (1 << slot)) !== 0)];
    }
    return found;
  }

  /** As bits. */
  #slotsOf({ offsets, entries }: Group, hash: number): number {
    const prefix = Math.floor(hash / 2 ** (HASH_BITS - this.#bucketBits - FINGERPRINT_BITS));
    const bucket = prefix >>> FINGERPRINT_BITS;
    const fingerprint = prefix & (2 ** FINGERPRINT_BITS - 1);
    const end = offsets[bucket + 1] ?? 0;
    let slots = 0;
    for (let at = offsets[bucket] ?? 0; at < end; at += 1) {
      const entry = entries[at] ?? 0;
      if (entry >>> SLOT_BITS === fingerprint) slots |= 1 << (entry & (SLOTS - 1));
    }
    return slots;
  }

  #fits(segment: Segment): boolean {
    return segment.isSealed && readFilter(segment.file, "identity").knownBits >= this.#bucketBits + FINGERPRINT_BITS;
  }

  /** Reads each filter twice, to count and to place, instead of holding all of them. */
  #make(segments: readonly Segment[]): Group {
    const offsets = new Uint32Array(2 ** this.#bucketBits + 1);
    for (const segment of segments) {
      this.#eachPrefix(readFilter(segment.file, "identity"), (prefix) => {
        const bucket = (prefix >>> FINGERPRINT_BITS) + 1;
        offsets[bucket] = (offsets[bucket] ?? 0) + 1;
      });
    }
    for (let bucket = 1; bucket < offsets.length; bucket += 1) {
      offsets[bucket] = (offsets[bucket] ?? 0) + (offsets[bucket - 1] ?? 0);
    }
    const entries = new Uint16Array(offsets.at(-1) ?? 0);
    const next = offsets.slice();
    for (const [slot, segment] of segments.entries()) {
      this.#eachPrefix(readFilter(segment.file, "identity"), (prefix) => {
        const bucket = prefix >>> FINGERPRINT_BITS;
        const at = next[bucket] ?? 0;
        next[bucket] = at + 1;
        entries[at] = ((prefix & (2 ** FINGERPRINT_BITS - 1)) << SLOT_BITS) | slot;
      });
    }
    return { segments: [...segments], offsets, entries };
  }

  /** Bucket and fingerprint of each identity of a segment, in one number. */
  #eachPrefix(filter: FingerprintFilter, visit: (prefix: number) => void): void {
    const dropped = filter.knownBits - this.#bucketBits - FINGERPRINT_BITS;
    filter.each((bits) => visit(bits >>> dropped));
  }
}

const none: Segment[] = [];

const isSame = (a: readonly Segment[], b: readonly Segment[]): boolean =>
  a.length === b.length && a.every((segment, at) => segment === b[at]);
