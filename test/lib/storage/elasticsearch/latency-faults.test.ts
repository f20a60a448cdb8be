import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Cluster } from "#lib/storage/elasticsearch/cluster.ts";
import { journeySchema } from "#lib/storage/elasticsearch/journey-document.ts";
import { StorageError } from "#lib/storage/storage-error.ts";
import { DAY, makeJourney, MINUTE, orders, TEN } from "#test/conformance/events/make.ts";
import { installJourneys, openJourneyStore } from "#test/lib/storage/elasticsearch/journey-store.ts";
import { naiveLatency } from "#test/lib/storage/elasticsearch/naive-latency.ts";
import { setUpTestCluster } from "#test/support/test-cluster.ts";

const bed = setUpTestCluster();
const { cluster } = bed;
const whole = { flow: orders, from: TEN - DAY, to: TEN + DAY };
/** Long after whoever was writing is gone. */
const later = TEN + DAY;

const ended = (primary: string, window: number, latencyMs: number) =>
  makeJourney(primary, {
    state: "completed",
    startedAt: TEN + window * 5 * MINUTE - latencyMs,
    lastEventAt: TEN + window * 5 * MINUTE,
    latencies: [{ hop: "a..b", at: TEN + window * 5 * MINUTE, latencyMs }],
  });

/** The writes of a process that dies at the `call`th of them, before it is done or just after. */
const dyingAt = (call: number, when: "before" | "after"): { readonly cluster: Cluster; isDead(): boolean } => {
  let calls = 0;
  return {
    cluster: {
      ...cluster,
      async write(operations) {
        calls += 1;
        if (calls > call || (calls === call && when === "before")) throw new StorageError("unavailable", "gone");
        const outcomes = await cluster.write(operations);
        if (calls === call) throw new StorageError("unavailable", "gone");
        return outcomes;
      },
    },
    isDead: () => calls >= call,
  };
};

/** Another process, which sees what the first one wrote at once. */
const openLater = async (now = later) => {
  await cluster.refresh(`${bed.settings.prefix}-*`);
  return openJourneyStore(cluster, () => now);
};

describe("latencies in Elasticsearch, when a process dies or two do the same", () => {
  beforeAll(async () => installJourneys(cluster));
  beforeEach(async () => bed.empty());

  const before = [ended("1", 0, 100), ended("2", 0, 200), ended("3", 1, 300)];
  const change = { journeys: [ended("1", 2, 900), ended("4", 2, 50)], removed: [{ flow: orders, primary: "3" }] };
  const after = [ended("2", 0, 200), ...change.journeys];

  it.each(["before", "after"] as const)(
    "are right whenever the writer dies %s a request is done, and after its work is done again",
    async (when) => {
      for (let call = 1, isDead = true; isDead; call += 1) {
        await bed.empty();
        const first = openJourneyStore(cluster, () => TEN);
        await first.write({ journeys: before });
        await first.measures.settle(100);
        const dying = dyingAt(call, when);
        await openJourneyStore(dying.cluster, () => TEN)
          .write(change)
          .catch(() => undefined);
        isDead = dying.isDead();
        const reader = await openLater(TEN + MINUTE);
        const stand = await reader.journeys.scan(orders, null, 9);
        expect(await reader.measures.latency(whole)).toEqual(naiveLatency(stand, whole));
        const heir = await openLater();
        expect(await heir.measures.settle(100)).toBe(true);
        expect(await heir.measures.latency(whole)).toEqual(naiveLatency(stand, whole));
        await heir.write(change);
        await heir.measures.settle(100);
        expect(await heir.measures.latency(whole)).toEqual(naiveLatency(after, whole));
      }
    },
  );

  it.each(["before", "after"] as const)(
    "are right whenever the one who calculates dies %s a request is done",
    async (when) => {
      for (let call = 1, isDead = true; isDead; call += 1) {
        await bed.empty();
        const first = openJourneyStore(cluster, () => TEN);
        await first.write({ journeys: before });
        await first.measures.settle(100);
        await first.write(change);
        const dying = dyingAt(call, when);
        await openJourneyStore(dying.cluster, () => TEN)
          .measures.settle(100)
          .catch(() => undefined);
        isDead = dying.isDead();
        const reader = await openLater(TEN + MINUTE);
        expect(await reader.measures.latency(whole)).toEqual(naiveLatency(after, whole));
      }
    },
  );

  it("are right for many who read at once what nobody has calculated yet, in one process and in several", async () => {
    const journeys = Array.from({ length: 300 }, (_, at) => ended(`${at}`, at, 100 + at));
    await openJourneyStore(cluster, () => TEN).write({ journeys });
    const wanted = naiveLatency(journeys, whole);
    const one = await openLater(TEN + MINUTE);
    const others = Array.from({ length: 4 }, () => openJourneyStore(bed.openAnother(), () => TEN + MINUTE));
    const readers = [...Array.from({ length: 12 }, () => one), ...others, ...others];
    for (const found of await Promise.all(readers.map(async ({ measures }) => measures.latency(whole))))
      expect(found).toEqual(wanted);
  });

  it.each([
    ["moves", before, [ended("1", 5, 900)]],
    ["comes", [], [ended("1", 0, 100)]],
    ["goes where nobody had calculated yet", [ended("1", 0, 100)], []],
  ] as const)("are right when a journey %s while another calculates from what was before", async (_, old, next) => {
    const writer = openJourneyStore(cluster, () => TEN);
    await writer.write({ journeys: old });
    await writer.measures.settle(100);
    let isFirst = true;
    const slow = bed.openAnother();
    const slowStore = openJourneyStore(
      {
        ...slow,
        async search(index, body) {
          const found = await slow.search<never>(index, body);
          if (!index.startsWith(slow.aliasOf(journeySchema)) || !isFirst) return found;
          isFirst = false;
          await writer.write({ journeys: next, removed: old.filter(() => next.length === 0) });
          await writer.measures.settle(100);
          return found;
        },
      },
      () => TEN + MINUTE,
    );
    // Something to calculate for it, in the window that is about to change.
    await writer.write({ journeys: [ended("9", 0, 7)] });
    await cluster.refresh(`${bed.settings.prefix}-*`);
    await slowStore.measures.settle(100);
    expect(isFirst).toBe(false);
    const reader = await openLater(TEN + MINUTE);
    const truth = naiveLatency(await reader.journeys.scan(orders, null, 9), whole);
    expect(await reader.measures.latency(whole)).toEqual(truth);
    expect(await reader.measures.settle(100)).toBe(true);
    expect(await reader.measures.latency(whole)).toEqual(truth);
  });

  it("are right when a journey left a window that was empty and never calculated, before another wrote it down", async () => {
    const writer = openJourneyStore(cluster, () => TEN);
    await writer.write({ journeys: [ended("1", 0, 100)] });
    await cluster.refresh(`${bed.settings.prefix}-*`);
    let isFirst = true;
    const slow = bed.openAnother();
    const slowStore = openJourneyStore(
      {
        ...slow,
        async search(index, body) {
          const found = await slow.search<never>(index, body);
          if (index !== slow.aliasOf(journeySchema) || !isFirst) return found;
          isFirst = false;
          await writer.write({ journeys: [ended("1", 9, 100)] });
          await writer.measures.settle(100);
          return found;
        },
      },
      () => TEN + MINUTE,
    );
    await slowStore.measures.settle(100);
    expect(isFirst).toBe(false);
    const reader = await openLater(TEN + MINUTE);
    expect(await reader.measures.latency(whole)).toEqual(naiveLatency([ended("1", 9, 100)], whole));
  });

  it("are right when they are calculated after a writer said what it will write, and it dies as soon as that is written", async () => {
    const first = openJourneyStore(cluster, () => TEN);
    await first.write({ journeys: before });
    await first.measures.settle(100);
    let calls = 0;
    const dying: Cluster = {
      ...cluster,
      async write(operations) {
        calls += 1;
        if (calls === 3) throw new StorageError("unavailable", "gone");
        if (calls === 2) {
          const other = await openLater(TEN + MINUTE);
          await other.measures.settle(100);
          await other.measures.latency(whole);
        }
        return cluster.write(operations);
      },
    };
    await expect(openJourneyStore(dying, () => TEN).write(change)).rejects.toMatchObject({ code: "unavailable" });
    const reader = await openLater(TEN + MINUTE);
    expect(await reader.measures.latency(whole)).toEqual(naiveLatency(after, whole));
  });

  it("are calculated by several at once without harm", async () => {
    const stores = Array.from({ length: 4 }, () => openJourneyStore(bed.openAnother(), () => TEN));
    const rows = Array.from({ length: 40 }, (_, number) => ended(`J-${number}`, number % 4, number * 10));
    await Promise.all(
      stores.map(async (store, place) => {
        for (const row of rows.filter((_, number) => number % 4 === place)) {
          await store.write({ journeys: [row] });
          await store.measures.settle(10);
        }
      }),
    );
    const reader = await openLater();
    await reader.measures.settle(100);
    expect(await reader.measures.latency(whole)).toEqual(naiveLatency(rows, whole));
  });

  it("tells the second of two that write the same journey at once, and loses neither's windows", async () => {
    const [first, second] = [openJourneyStore(cluster, () => TEN), openJourneyStore(bed.openAnother(), () => TEN)];
    const versions = Array.from({ length: 20 }, (_, window) => ended("1", window, 100 + window));
    const conflicts = await Promise.all(
      versions.map(async (row, number) => (number % 2 === 0 ? first : second).write({ journeys: [row] })),
    );
    expect(conflicts.filter((each) => each.length === 0).length).toBeGreaterThan(0);
    for (const each of conflicts.flat()) expect(each).toEqual({ flow: orders, primary: "1" });
    const reader = await openLater();
    await reader.measures.settle(100);
    const stand = await reader.journeys.findMany([{ flow: orders, primary: "1" }]);
    expect(stand).toHaveLength(1);
    expect(await reader.measures.latency(whole)).toEqual(naiveLatency(stand, whole));
  });
});
