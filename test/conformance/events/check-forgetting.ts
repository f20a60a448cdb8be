import { describe, expect, it } from "vitest";
import { toFlowId, toSourceId, toStepId } from "#lib/id/id.ts";
import type { AcceptItem } from "#lib/storage/event-log.ts";
import type { EventStorage } from "#lib/storage/storage.ts";
import { type EventAdapter, useEventBed, visibleWithin } from "#test/conformance/events/event-bed.ts";
import {
  makeChange,
  makeEvent,
  makeFailed,
  makeJourney,
  makeSource,
  makeUnit,
  order,
  orderNo,
  orders,
  payment,
  posted,
  refunds,
  TEN,
  unmatched,
} from "#test/conformance/events/make.ts";

const sample = toSourceId("sample");
const samples = toFlowId("samples");

/** Real and sample events in turn, so that both stand in every block and segment; two of three are real. */
const many = (count: number): readonly AcceptItem[] =>
  Array.from({ length: count }, (_, index) =>
    index % 3 === 0
      ? {
          event: makeEvent(`s-${index}`, {
            source: sample,
            outcome: "failed",
            keys: { [orderNo]: [`S-${index}`] },
            payload: { note: "x".repeat(400) },
          }),
          matches: [{ flow: samples, step: posted, primary: `S-${index}`, signature: "no" }],
        }
      : unmatched(`r-${index}`, { keys: { [orderNo]: [`R-${index}`] } }),
  );

const keysOf = (items: readonly AcceptItem[]) =>
  items.flatMap(({ event }) => (event.source === sample ? (event.keys[orderNo] ?? []).map(order) : []));

const idsIn = async ({ events }: EventStorage): Promise<readonly string[]> =>
  (await events.scan(null, 10_000)).map(({ event }) => event.id);

export const checkForgetting = (adapter: EventAdapter): void => {
  describe(`forgetting of ${adapter.name}`, () => {
    const kit = useEventBed(adapter);

    it("leaves no read that tells of a forgotten event, and every other event where it was", async () => {
      const storage = await kit.open("writer");
      const reader = await kit.open("reader");
      const items = many(600);
      for (let first = 0; first < 600; first += 50) await storage.events.accept(items.slice(first, first + 50));
      await expect.poll(async () => reader.events.countAll(), visibleWithin).toBe(600);
      const before = (await storage.events.scan(null, 1_000)).filter(({ event }) => event.source !== sample);
      const forgotten = await storage.events.forget({ keys: keysOf(items), sources: [sample], flows: [samples] });
      expect(forgotten.count).toBe(200);
      expect(forgotten.keys).toHaveLength(200);

      const check = async (opened: EventStorage) => {
        expect(await opened.events.countAll()).toBe(400);
        expect(await opened.events.scan(null, 1_000)).toEqual(before);
        expect(await opened.events.scan(before[9]?.position ?? null, 5)).toEqual(before.slice(10, 15));
        expect((await opened.events.listNewest(3)).map(({ id }) => id)).toEqual(["r-599", "r-598", "r-596"]);
        expect(await opened.events.find(sample, "s-3")).toBeNull();
        expect(await opened.events.listByKeys([order("S-3"), order("S-597")], 9)).toEqual([]);
        expect(await opened.events.listByKeys([order("R-1"), order("R-599")], 9)).toHaveLength(2);
        expect(await opened.events.listFailed({ flows: [samples], from: 0, to: TEN * 2 }, 9)).toEqual([]);
      };
      await check(storage);
      await expect.poll(async () => reader.events.countAll(), visibleWithin).toBe(400);
      await check(reader);
      await check(await kit.reopen(storage));
    });

    it("takes a forgotten event for new when it is sent again, and goes on taking others", async () => {
      const storage = await kit.open("writer");
      const items = many(90);
      await storage.events.accept(items);
      await storage.events.forget({ keys: keysOf(items), sources: [sample], flows: [samples] });
      const again = [...items.slice(0, 2), unmatched("r-new", { keys: { [orderNo]: ["R-new"] } })];
      expect((await storage.events.accept(again)).outcomes).toEqual(["accepted", "duplicate", "accepted"]);
      expect(await storage.events.listByKeys([order("S-0")], 9)).toHaveLength(1);
      expect(await storage.events.countAll()).toBe(62);
      const next = await kit.reopen(storage);
      expect(await idsIn(next)).toHaveLength(62);
      expect(await next.events.listByKeys([order("S-0"), order("R-new")], 9)).toHaveLength(2);
    });

    it("forgets only what comes from the sources named", async () => {
      const storage = await kit.open("writer");
      const keys = { [orderNo]: ["SO-1"] };
      await storage.events.accept([unmatched("a", { keys }), unmatched("b", { keys, source: sample })]);
      await storage.events.forget({ keys: [order("SO-1")], sources: [sample], flows: [] });
      expect(await idsIn(storage)).toEqual(["a"]);
      expect(await storage.events.forget({ keys: [order("SO-1")], sources: [sample], flows: [] })).toEqual({
        count: 0,
        keys: [],
      });
    });

    it("forgets sources with their heartbeats, reports and dead letters", async () => {
      const storage = await kit.open("writer");
      const step = toStepId("paid");
      await storage.projection.commit(
        makeChange({
          sources: [makeSource("sample"), makeSource("oms")],
          reporters: [
            { flow: samples, step, source: sample, newestEventAt: TEN },
            { flow: orders, step, source: toSourceId("oms"), newestEventAt: TEN },
          ],
        }),
      );
      await storage.sources.acceptHeartbeat({ source: "sample", at: TEN, arrivedAt: TEN });
      const letter = { reason: "missing_keys", path: "/keys", text: "{}", cut: false, receivedAt: TEN } as const;
      await storage.deadLetters.add([
        { ...letter, source: "sample" },
        { ...letter, source: "oms" },
      ]);
      await storage.sources.forget([sample], [samples]);
      expect(await storage.deadLetters.forget([sample])).toBe(1);
      expect((await storage.sources.list()).map(({ source }) => source)).toEqual(["oms"]);
      expect(await storage.sources.listReporters(samples)).toEqual([]);
      expect(await storage.sources.listReporters(orders)).toHaveLength(1);
      expect(await storage.deadLetters.countOpen()).toBe(1);
    });
  });
};

/** Of what is derived from forgotten events. */
export const checkForgettingDerived = (adapter: EventAdapter): void => {
  describe(`forgetting what was derived, of ${adapter.name}`, () => {
    const kit = useEventBed(adapter);

    it("takes units, journeys, counts, latencies, links and search entries away, and leaves those of others", async () => {
      const storage = await kit.open("writer");
      const latency = { hop: "paid..posted", at: TEN, latencyMs: 40 };
      const gone = {
        ...makeFailed("S-1"),
        flow: samples,
        latencies: [latency],
        dues: [{ step: posted, dueAt: TEN, arrived: false }],
      };
      const kept = makeJourney("SO-1", { latencies: [latency] });
      const unit = makeUnit([order("S-1")], { flow: samples });
      const waiting = makeUnit([payment("S-P")], { flow: samples });
      await storage.projection.commit(
        makeChange({
          units: [unit, waiting, makeUnit([order("SO-1")])],
          links: [
            { a: order("S-1"), b: payment("S-P") },
            { a: order("SO-1"), b: payment("S-P") },
            { a: order("SO-1"), b: payment("P-1") },
          ],
          keys: [order("S-1"), payment("S-P"), order("SO-1"), payment("P-1")],
          journeys: [gone, kept],
        }),
      );
      await storage.projection.forget({
        units: [unit, waiting],
        journeys: [{ flow: samples, primary: "S-1" }],
        keys: [order("S-1"), payment("S-P")],
      });
      const check = async ({ units, journeys, keySearch, crosswalk, measures }: EventStorage) => {
        expect(await units.scan(samples, null, 9)).toEqual([]);
        expect(await units.listByAliases(samples, [payment("S-P")], 9)).toEqual([]);
        expect(await journeys.find(samples, "S-1")).toBeNull();
        expect(await journeys.find(orders, "SO-1")).toEqual(kept);
        expect((await journeys.countByState([samples])).get(samples)?.failed ?? 0).toBe(0);
        expect((await journeys.countDue(samples, posted, 0, TEN * 2, TEN * 2)).due).toBe(0);
        const failures = { flows: [samples, orders, refunds], from: 0, to: TEN * 2 };
        expect(await journeys.countFailures(failures, ["flow"], 9)).toEqual([]);
        expect(await keySearch.list("s1", 9)).toEqual([]);
        expect(await keySearch.list("so1", 9)).toEqual([order("SO-1")]);
        const linked = await crosswalk.neighbours([order("SO-1"), payment("S-P")], [orderNo, payment("").type], 9);
        expect([...linked.values()]).toEqual([[payment("P-1")]]);
        const measured = async (flow: typeof orders) =>
          (await measures.latency({ flow, hop: "paid..posted", from: TEN - 1, to: TEN + 1 }))[0]?.count ?? 0;
        expect([await measured(samples), await measured(orders)]).toEqual([0, 1]);
      };
      await check(storage);
      const next = await kit.reopen(storage);
      await check(next);
      // the same again is written again
      await next.projection.commit(makeChange({ units: [unit], keys: [order("S-1")], journeys: [gone] }));
      expect(await next.keySearch.list("s1", 9)).toEqual([order("S-1")]);
      expect(await next.journeys.find(samples, "S-1")).toEqual(gone);
    });
  });
};
