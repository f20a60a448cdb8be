import { describe, expect, test } from "vitest";
import type { StoredEvent } from "#lib/event/hop-event.ts";
import { toKeyType, toSourceId, toStepId, toSystemId } from "#lib/id/id.ts";
import type { SharedProjection } from "#lib/storage/shared-projection.ts";
import { makeEvent } from "#test/conformance/events/make.ts";
import { everything, now, sorted } from "#test/ingest/projection/histories.ts";
import { recompute } from "#test/ingest/projection/plain-recomputation.ts";
import { startWorker } from "#test/ingest/projection/shared-worker.ts";
import { createTurns, interleavings, type Turns } from "#test/ingest/projection/turns.ts";
import { setUpTestCluster } from "#test/support/test-cluster.ts";

const bed = setUpTestCluster();

type Keys = Readonly<Record<string, string | readonly string[]>>;
const places = {
  placed: "oms",
  paid: "payment",
  shipped: "logistics",
  posted: "finance",
  nowhere: "unheard-of",
} as const;

const sighting = (id: string, step: keyof typeof places, keys: Keys): StoredEvent =>
  makeEvent(id, {
    source: toSourceId("a"),
    step: toStepId(step),
    system: toSystemId(places[step]),
    eventTime: now - 60_000,
    ingestedAt: now,
    keys: Object.fromEntries(Object.entries(keys).map(([type, value]) => [toKeyType(type), [value].flat()])),
  });

/** What meets in the middle: told to nobody before, to `a` and to `b`. Each time other records, so that none is in another's way. */
const meeting = (n: number) => {
  const id = (name: string): string => `${name}-${n}`;
  return {
    before: [
      // moves: the payment leads to M1 over a waybill, until it is seen beside M2 itself
      sighting(id("m1"), "placed", { order_no: id("M1"), waybill_no: id("MW") }),
      sighting(id("m2"), "shipped", { waybill_no: id("MW"), payment_no: id("MP") }),
      // twice: either link alone leads the waiting payment to T
      sighting(id("t1"), "placed", { order_no: id("T"), waybill_no: id("TW1") }),
      sighting(id("t2"), "shipped", { order_no: id("T"), waybill_no: id("TW2") }),
      sighting(id("t3"), "paid", { payment_no: [id("TP1"), id("TP2")] }),
    ],
    a: [
      sighting(id("w1"), "placed", { order_no: id("W"), payment_no: id("WP") }),
      // teaches a link and is at no step: its own unit has nothing judged
      sighting(id("m3"), "nowhere", { order_no: id("M2"), payment_no: id("MP") }),
      sighting(id("t4"), "nowhere", { payment_no: id("TP1"), waybill_no: id("TW1") }),
      sighting(id("s1"), "placed", { order_no: id("S") }),
    ],
    b: [
      // waits: the link that a learns leads it to W
      sighting(id("w2"), "paid", { payment_no: id("WP") }),
      sighting(id("m4"), "paid", { payment_no: id("MP") }),
      sighting(id("t5"), "nowhere", { payment_no: id("TP2"), waybill_no: id("TW2") }),
      sighting(id("s2"), "paid", { order_no: id("S") }),
    ],
  };
};

/** Where a worker stops: before it writes what it was taught, before it looks for what to judge, before it judges, before it writes rows. */
type Stop = "learn" | "look" | "judge" | "write";

const stopping =
  (name: string, turns: () => Turns | null, stops: readonly Stop[]) =>
  (shared: SharedProjection): SharedProjection => {
    const reach = async (stop: Stop): Promise<void> => {
      if (stops.includes(stop)) await turns()?.reach(name);
    };
    return {
      ...shared,
      async learn(lesson) {
        // Without keys it writes down where units lead, which is part of looking.
        if (lesson.keys.length === 0) return await shared.learn(lesson);
        await reach("learn");
        const learned = await shared.learn(lesson);
        await reach("look");
        return learned;
      },
      async beginJudging(ids) {
        await reach("judge");
        return await shared.beginJudging(ids);
      },
      async writeRows(...change) {
        await reach("write");
        return await shared.writeRows(...change);
      },
    };
  };

/** All four at once are 70 orders: when asked for. */
const all: readonly (readonly Stop[])[] =
  process.env["HOPLINE_PROPERTY_RUNS"] === undefined
    ? [
        ["learn", "look", "write"],
        ["learn", "judge", "write"],
      ]
    : [["learn", "look", "judge", "write"]];

describe("two workers whose events meet", () => {
  test.each(all.map((stops) => ({ stops })))(
    "end in the same journeys in whatever order they $stops",
    { timeout: 600_000 },
    async ({ stops }) => {
      let turns: Turns | null = null;
      const [a, b] = await Promise.all(
        ["a", "b"].map(async (name) =>
          startWorker(
            bed.openAnother(),
            everything,
            () => now,
            stopping(name, () => turns, stops),
          ),
        ),
      );
      if (a === undefined || b === undefined) throw new Error("Two were started");
      const orders = interleavings(stops.length, stops.length);
      for (const [n, order] of orders.entries()) {
        const events = meeting(n);
        turns = null;
        await a.accept(events.before);
        await a.projectAll();
        await a.accept(events.a);
        await b.accept(events.b);
        turns = createTurns(order);
        await turns.drive({ a: a.projectAll, b: b.projectAll });
      }
      turns = null;
      await bed.cluster.refresh(`${bed.settings.prefix}-*`);
      const kept = (await a.storage.events.scan(null, 10_000)).map(({ event }) => event);
      expect(kept).toHaveLength(orders.length * 13);
      const list = async () =>
        (await a.storage.journeys.list({ flows: everything.active }, { cursor: null, limit: 500 })).items;
      const expected = await recompute(kept, everything, now);
      // Before anything is judged again because it is due: that would put right what was missed here.
      const counts = (rows: Awaited<ReturnType<typeof list>>) =>
        sorted(rows).map(({ flow, primary, eventsTotal }) => `${flow} ${primary}: ${eventsTotal}`);
      expect(counts(await list())).toEqual(counts(expected));
      await a.finish();
      await b.finish();
      const items = await list();
      for (const [n, order] of orders.entries()) {
        const ofOrder = (rows: typeof items) => sorted(rows.filter(({ primary }) => primary.endsWith(`-${n}`)));
        expect(ofOrder(items), order.join(" ")).toEqual(ofOrder(expected));
      }
      expect(items).toHaveLength(expected.length);
      await bed.cluster.refresh(`${bed.settings.prefix}-*`);
      await bed.empty();
    },
  );
});
