import { rmSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { openEventStorage } from "#lib/storage/sqlite/event-storage.ts";
import { expectTruth } from "#test/lib/storage/sqlite/events/expect-truth.ts";
import { project, START, toyEvent } from "#test/lib/storage/sqlite/events/toy-journeys.ts";
import { makeTempFolder } from "#test/support/temp-folder.ts";

const TOTAL = 3_000;

/** The same numbers in an order that is as good as random and always the same. */
const shuffled = (count: number): readonly number[] =>
  Array.from({ length: count }, (_, place) => place)
    .map((number) => ({ number, rank: Math.imul(number + 1, 0x9e37_79b1) >>> 0 }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ number }) => number);

const orders = {
  "in order": Array.from({ length: TOTAL }, (_, place) => place),
  shuffled: shuffled(TOTAL),
  "shuffled, a third of it twice": [...shuffled(TOTAL), ...shuffled(TOTAL / 3)],
};
const sizes = {
  "as in production": {},
  "evicting and rolling all the time": { cacheBytes: 20_000, eventsPerSegment: 700, flushAfterMs: 0 },
  "without caches": { cacheBytes: 0, eventsPerSegment: 100_000, flushAfterMs: 50 },
};

describe("the embedded store against recomputed truth", () => {
  for (const [order, numbers] of Object.entries(orders)) {
    for (const [size, options] of Object.entries(sizes)) {
      it(`ends in the same journeys, counts and latencies: ${order}, ${size}`, async () => {
        const directory = makeTempFolder();
        const storage = await openEventStorage({ directory, mode: "writer", now: () => START, ...options });
        for (let at = 0; at < numbers.length; at += 170) {
          const items = numbers.slice(at, at + 170).map((number) => ({ event: toyEvent(number), matches: [] }));
          await storage.events.accept(items);
          await project(storage, 60);
        }
        await expectTruth(storage, orders["in order"]);
        await storage.close();
        const again = await openEventStorage({ directory, mode: "reader", now: () => START });
        await expectTruth(again, orders["in order"]);
        await again.close();
      });
    }
  }

  it("makes everything derived again after state.db was deleted", async () => {
    const directory = makeTempFolder();
    const first = await openEventStorage({ directory, mode: "writer", now: () => START, eventsPerSegment: 700 });
    await first.events.accept(
      orders.shuffled.slice(0, 1_500).map((number) => ({ event: toyEvent(number), matches: [] })),
    );
    await project(first);
    await first.close();

    rmSync(`${directory}/state.db`);
    const second = await openEventStorage({ directory, mode: "writer", now: () => START });
    expect(await second.projection.position()).toBeNull();
    await project(second);
    await expectTruth(second, orders.shuffled.slice(0, 1_500));
    await second.close();
  });
});
