import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EventBlock, packBlock } from "#lib/storage/sqlite/event-block.ts";
import { FingerprintFilter } from "#lib/storage/sqlite/fingerprint-filter.ts";
import { HashIndex } from "#lib/storage/sqlite/hash-index.ts";
import { eventOf, hashOf, lowerBound, toBytes, toEntries, toEntry } from "#lib/storage/sqlite/index-entry.ts";
import { hashIdentity, hashText } from "#lib/storage/sqlite/key-hash.ts";
import { Lru } from "#lib/storage/sqlite/lru.ts";
import { RecentSet } from "#lib/storage/recent-set.ts";
import { nextSegmentName } from "#lib/storage/sqlite/segment-name.ts";

const hash = fc.integer({ min: 0, max: 2 ** 34 - 1 });
const event = fc.integer({ min: 0, max: 524_287 });

describe("index entries", () => {
  it("hold hash and event exactly and sort by both", () => {
    fc.assert(
      fc.property(hash, event, hash, event, (hashA, eventA, hashB, eventB) => {
        const entry = toEntry(hashA, eventA);
        expect([hashOf(entry), eventOf(entry)]).toEqual([hashA, eventA]);
        expect(Number.isSafeInteger(entry)).toBe(true);
        expect(Math.sign(entry - toEntry(hashB, eventB))).toBe(Math.sign(hashA - hashB || eventA - eventB));
      }),
    );
  });

  it("come back from bytes in any alignment, and are found by binary search", () => {
    const entries = Float64Array.from([1, 5, 5, 9]);
    const shifted = new Uint8Array(33);
    shifted.set(toBytes(entries), 1);
    expect(toEntries(shifted.subarray(1))).toEqual(entries);
    expect([0, 1, 5, 6, 10].map((entry) => lowerBound(entries, entry))).toEqual([0, 0, 1, 3, 4]);
  });
});

describe("the index of an open segment", () => {
  it("lists events of a hash newest first, below a number, also where hashes share a bucket", () => {
    const index = new HashIndex();
    const events = Array.from({ length: 5_000 }, (_, number) => ({
      number,
      hash: (number % 50) * 2 ** 28 + (number % 3),
    }));
    for (const one of events) index.add(one.hash, one.number);
    for (const wanted of new Set(events.map((one) => one.hash))) {
      const truth = events
        .filter((one) => one.hash === wanted)
        .map((one) => one.number)
        .toReversed();
      expect(index.list(wanted, 524_288, 1_000)).toEqual(truth);
      expect(index.list(wanted, 2_500, 3)).toEqual(truth.filter((number) => number < 2_500).slice(0, 3));
    }
    expect(index.list(7, 524_288, 9)).toEqual([]);
    expect(index.toSorted()).toEqual(Float64Array.from(events.map((one) => toEntry(one.hash, one.number))).toSorted());
  });
});

describe("the filter of a sealed segment", () => {
  it("never misses a hash, rarely takes a stranger for one, and comes back from its bytes", () => {
    for (const count of [0, 1, 17, 1_000, 60_000]) {
      const known = Array.from({ length: count }, (_, number) => hashText(`known ${number}`));
      const filter = FingerprintFilter.fromBytes(
        FingerprintFilter.of(Float64Array.from(known.map((one) => toEntry(one, 3))).toSorted()).toBytes(),
      );
      expect(known.filter((one) => !filter.mayHave(one))).toEqual([]);
      const wrong = Array.from({ length: 50_000 }, (_, number) => hashText(`strange ${number}`)).filter((one) =>
        filter.mayHave(one),
      );
      expect(wrong.length).toBeLessThan(50);
    }
  });
});

describe("hashes", () => {
  it("spread like numbers drawn at random, for texts that differ in one place", () => {
    const hashes = new Set<number>();
    for (let number = 0; number < 200_000; number += 1)
      hashes.add(hashText(`order_no\u0000SO-${String(number).padStart(9, "0")}`));
    expect(200_000 - hashes.size).toBeLessThan(12);
    expect(Math.max(...[...hashes].slice(0, 10_000))).toBeLessThan(2 ** 34);
    expect(hashIdentity("a", "b c")).not.toBe(hashIdentity("a b", "c"));
  });
});

describe("blocks of events", () => {
  it("give back every line, whatever is in it", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.string({ unit: "grapheme", maxLength: 200 }).map((text) => text.toWellFormed()),
          { minLength: 1, maxLength: 64 },
        ),
        (lines) => {
          const block = new EventBlock(packBlock(lines));
          expect(lines.map((_, place) => block.line(place))).toEqual(lines);
          expect(block.count).toBe(lines.length);
        },
      ),
    );
  });

  it("take lines larger than a whole block", () => {
    const line = "订".repeat(1_000_000);
    expect(new EventBlock(packBlock([line, "x"])).line(0)).toBe(line);
  });
});

describe("what is kept in memory", () => {
  it("drops what was used longest ago when bytes run out", () => {
    const lru = new Lru<string, number>(100);
    lru.set("a", 1, 40);
    lru.set("b", 2, 40);
    lru.get("a");
    lru.set("c", 3, 40);
    expect(["a", "b", "c"].map((key) => lru.get(key))).toEqual([1, undefined, 3]);
    lru.set("huge", 4, 1_000);
    expect(lru.get("huge")).toBeUndefined();
  });

  it("remembers the newest texts and forgets old ones in the end", () => {
    const recent = new RecentSet(10);
    expect(["a", "a", "b"].map((text) => recent.add(text))).toEqual([true, false, true]);
    for (let number = 0; number < 8; number += 1) recent.add(`${number}`);
    expect(recent.add("a")).toBe(false);
    for (let number = 0; number < 30; number += 1) recent.add(`later ${number}`);
    expect(recent.add("b")).toBe(true);
  });
});

describe("segment names", () => {
  it("grow with days and numbers, whatever the clock does", () => {
    expect(nextSegmentName("2026-11-23", null)).toBe("2026-11-23-0001");
    expect(nextSegmentName("2026-11-23", "2026-11-23-0009")).toBe("2026-11-23-0010");
    expect(nextSegmentName("2026-11-24", "2026-11-23-0009")).toBe("2026-11-24-0001");
    expect(nextSegmentName("2026-11-22", "2026-11-23-0009")).toBe("2026-11-23-0010");
  });
});
