import { describe, expect, it } from "vitest";
import { sourceSchema } from "#lib/storage/elasticsearch/source-document.ts";
import { toSourceId } from "#lib/id/id.ts";
import { HOUR, makeSource, orders, paid, TEN } from "#test/conformance/events/make.ts";
import { mortal } from "#test/support/mortal-cluster.ts";
import { type OpenedEvents, setUpEventStore } from "#test/lib/storage/elasticsearch/event-store.ts";

const bed = setUpEventStore();
const seen = async () => bed.cluster.refresh(bed.cluster.aliasOf(sourceSchema));

/** A worker as it counts: on from what it was told at its start. */
const startCounting = async ({ sources }: OpenedEvents) => {
  let total = (await sources.list()).find(({ source }) => source === "oms") ?? makeSource("oms", { acceptedTotal: 0 });
  return async (accepted: number, at = TEN) => {
    total = {
      ...total,
      acceptedTotal: total.acceptedTotal + accepted,
      lastSeenAt: Math.max(total.lastSeenAt, at),
      newestEventAt: Math.max(total.newestEventAt ?? at, at),
      arrivals: [{ at: TEN, count: (total.arrivals?.[0]?.count ?? 0) + accepted }],
    };
    await sources.commit([total], []);
  };
};

const acceptedIn = async ({ sources }: OpenedEvents) => {
  await seen();
  return (await sources.list()).find(({ source }) => source === "oms")?.acceptedTotal;
};

describe("sources on a cluster, with several workers", () => {
  it("keeps the largest heartbeat of many that come at once", async () => {
    const workers = [await bed.open(), await bed.open(), await bed.open()];
    await Promise.all(
      Array.from({ length: 30 }, async (_, at) =>
        workers[at % 3]?.sources.acceptHeartbeat({
          source: "oms",
          at: TEN + ((at * 7) % 30),
          arrivedAt: TEN + ((at * 11) % 30),
        }),
      ),
    );
    await seen();
    expect(await workers[0]?.sources.list()).toEqual([
      makeSource("oms", { acceptedTotal: 0, heartbeatAt: TEN + 29, lastSeenAt: TEN + 29 }),
    ]);
  });

  it("adds up what each worker counted, over restarts too", async () => {
    const [a, b] = [await bed.open(), await bed.open()];
    const [countA, countB] = [await startCounting(a), await startCounting(b)];
    await Promise.all([countA(3, TEN + 1), countB(4, TEN + 9)]);
    await Promise.all([countA(10, TEN + 2), countB(20)]);
    await seen();
    const expected = makeSource("oms", {
      acceptedTotal: 37,
      newestEventAt: TEN + 9,
      lastSeenAt: TEN + 9,
      arrivals: [{ at: TEN, count: 37 }],
    });
    expect(await a.sources.list()).toEqual([expected]);
    const later = await bed.open();
    await (
      await startCounting(later)
    )(5);
    await countB(100);
    expect(await acceptedIn(later)).toBe(142);
    expect(await acceptedIn(await bed.open())).toBe(142);
  });

  it("keeps the newest report of each step, whichever worker brings it last", async () => {
    const workers = [await bed.open(), await bed.open()];
    const report = (newestEventAt: number) => ({ flow: orders, step: paid, source: toSourceId("oms"), newestEventAt });
    await Promise.all(
      Array.from({ length: 20 }, async (_, at) => workers[at % 2]?.sources.commit([], [report(TEN + ((at * 7) % 20))])),
    );
    await seen();
    expect(await workers[0]?.sources.listReporters(orders)).toEqual([report(TEN + 19)]);
  });

  it("folds what many openings counted into one, and counts nothing twice when it dies at any of its writes", async () => {
    let now = TEN;
    const quiet = await bed.open({ now: () => now });
    const countQuiet = await startCounting(quiet);
    await countQuiet(1_000);
    for (let opening = 0; opening < 20; opening += 1) {
      await seen();
      await (
        await startCounting(await bed.open({ now: () => now }))
      )(1);
    }
    now += 2 * HOUR;
    for (let write = 1; write <= 5; write += 1) {
      for (const when of ["before", "after"] as const) {
        const life = mortal(bed.openAnother());
        life.killAtWrite(write - 1, when);
        const dying = await bed.open({ cluster: life.cluster, now: () => now });
        await dying.sources.list().catch(() => null);
        expect(await acceptedIn(await bed.open())).toBe(1_020);
      }
    }
    const folding = await bed.open({ now: () => now });
    await folding.sources.list();
    await seen();
    const { count } = await bed.cluster.client.count({ index: bed.cluster.aliasOf(sourceSchema) });
    expect(count).toBe(1);
    // It was only quiet: what it counts from now on is not lost.
    await countQuiet(7);
    await countQuiet(1);
    expect(await acceptedIn(folding)).toBe(1_028);
    expect(await acceptedIn(quiet)).toBe(1_028);
    await countQuiet(2);
    expect(await acceptedIn(quiet)).toBe(1_030);
  });
});
