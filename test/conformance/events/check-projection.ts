import { describe, expect, it } from "vitest";
import { adjacent, type Neighbours } from "#lib/crosswalk/adjacent.ts";
import { linksOf } from "#lib/crosswalk/links-of.ts";
import { toKeyType } from "#lib/id/id.ts";
import { type Key, toKeyId } from "#lib/key/key.ts";
import type { ProjectionChange } from "#lib/storage/projection.ts";
import type { EventStorage } from "#lib/storage/storage.ts";
import { type EventAdapter, useEventBed, visibleWithin } from "#test/conformance/events/event-bed.ts";
import {
  DAY,
  makeChange,
  makeJourney,
  makeUnit,
  order,
  orderNo,
  orders,
  paid,
  payment,
  paymentNo,
  refunds,
  TEN,
  unmatched,
} from "#test/conformance/events/make.ts";

const neighboursOf = async ({ crosswalk }: EventStorage, key: Key, limit = 10) =>
  (await crosswalk.neighbours([key], [orderNo, paymentNo], limit)).get(toKeyId(key)) ?? [];

const expireAll = async ({ projection }: EventStorage, before: number): Promise<void> => {
  for (let slice = 0; slice < 1_000; slice += 1) if (await projection.expire(before)) return;
  throw new Error("never done");
};

const joined = (changes: readonly ProjectionChange[]): ProjectionChange =>
  makeChange({
    units: changes.flatMap(({ units }) => units),
    journeys: changes.flatMap(({ journeys }) => journeys),
    links: changes.flatMap(({ links }) => links),
    keys: changes.flatMap(({ keys }) => keys),
  });

export const checkProjection = (adapter: EventAdapter): void => {
  describe(`projection of ${adapter.name}`, () => {
    const kit = useEventBed(adapter);

    it("knows no position before the first commit, then the last one given, also after a restart", async () => {
      const storage = await kit.open("writer");
      expect(await storage.projection.position()).toBeNull();
      const { position } = await storage.events.accept([unmatched("a")]);
      await storage.projection.commit(makeChange({ position }));
      await storage.projection.commit(makeChange({ units: [makeUnit([order("SO-1")])] }));
      expect(await storage.projection.position()).toBe(position);
      const next = await kit.reopen(storage);
      expect(await next.projection.position()).toBe(position);
      expect(await next.events.scan(position, 9)).toEqual([]);
    });

    it("answers with every committed change at once, and after a restart", async () => {
      const storage = await kit.open("writer");
      const [unit, journey] = [makeUnit([order("SO-1")]), makeJourney("SO-1")];
      await storage.projection.commit(makeChange({ units: [unit], journeys: [journey], keys: unit.keys }));
      const newer = {
        ...unit,
        eventsTotal: 2,
        facts: { v1: { first: TEN, last: TEN + 1, steps: [] }, v2: { first: 0, last: 0, steps: [] } },
      };
      await storage.projection.commit(makeChange({ units: [newer], journeys: [{ ...journey, eventsTotal: 2 }] }));
      const check = async ({ units, journeys }: EventStorage) => {
        expect(await units.load([unit.id, makeUnit([order("SO-2")]).id])).toEqual(new Map([[unit.id, newer]]));
        expect(await journeys.find(orders, "SO-1")).toEqual({ ...journey, eventsTotal: 2 });
      };
      await check(storage);
      await storage.projection.flush();
      await check(storage);
      await check(await kit.reopen(storage));
    });

    it("shows other readers a committed change without being asked to flush", async () => {
      const [writer, reader] = [await kit.open("writer"), await kit.open("reader")];
      await writer.projection.commit(makeChange({ journeys: [makeJourney("SO-1")], keys: [order("SO-1")] }));
      await expect.poll(async () => (await reader.journeys.find(orders, "SO-1"))?.primary, visibleWithin).toBe("SO-1");
      await expect.poll(async () => reader.keySearch.list("so1", 5), visibleWithin).toEqual([order("SO-1")]);
    });

    it("finds alias units by any of their aliases, and units of a flow in order", async () => {
      const storage = await kit.open("writer");
      const both = makeUnit([payment("P-1"), payment("P-2")]);
      const one = makeUnit([payment("P-2")]);
      const other = makeUnit([payment("P-2")], { flow: refunds });
      const primaries = ["SO-1", "SO-2", "SO-3"].map((value) => makeUnit([order(value)]));
      const check = async ({ units }: EventStorage) => {
        expect(await units.listByAliases(orders, [payment("P-1")], 9)).toEqual([both]);
        expect(new Set(await units.listByAliases(orders, [payment("P-2"), payment("P-9")], 9))).toEqual(
          new Set([both, one]),
        );
        expect(await units.listByAliases(orders, [payment("P-1"), payment("P-2")], 1)).toHaveLength(1);
        expect(await units.listByAliases(orders, [order("SO-1")], 9)).toEqual([]);
        const ids = [...primaries, both, one].map((unit) => unit.id).toSorted();
        const first = await units.scan(orders, null, 3);
        const rest = await units.scan(orders, first[2]?.id ?? null, 3);
        expect([...first, ...rest].map((unit) => unit.id)).toEqual(ids);
      };
      await storage.projection.commit(makeChange({ units: [both, one, other, ...primaries] }));
      await check(storage);
      await check(await kit.reopen(storage));
    });

    it("knows links from both ends, each once, by type and up to one more than the limit", async () => {
      const storage = await kit.open("writer");
      const links = ["P-3", "P-1", "P-2"].map((value) => ({ a: order("SO-1"), b: payment(value) }));
      await storage.projection.commit(
        makeChange({
          links: [...links, { a: payment("P-1"), b: order("SO-1") }, { a: payment("P-1"), b: payment("P-9") }],
        }),
      );
      const check = async (from: EventStorage) => {
        expect(await neighboursOf(from, order("SO-1"))).toEqual(["P-1", "P-2", "P-3"].map(payment));
        expect(await neighboursOf(from, order("SO-1"), 1)).toHaveLength(2);
        expect(await neighboursOf(from, payment("P-1"))).toEqual([order("SO-1"), payment("P-9")]);
        expect(await neighboursOf(from, payment("P-4"))).toEqual([]);
        const many = await from.crosswalk.neighbours([payment("P-1"), payment("P-9")], [paymentNo], 5);
        expect(many).toEqual(
          new Map([
            [toKeyId(payment("P-1")), [payment("P-9")]],
            [toKeyId(payment("P-9")), [payment("P-1")]],
          ]),
        );
      };
      await check(storage);
      await check(await kit.reopen(storage));
    });

    it("knows all links of a key that has more than a key of business may have, where so many are asked for", async () => {
      const storage = await kit.open("writer");
      const numbers = Array.from({ length: 1_005 }, (_, number) => `SO-${number}`);
      const events = numbers.map((number) =>
        unmatched(`e-${number}`, { keys: { [orderNo]: [number], [paymentNo]: ["P-1"] } }),
      );
      const bundle = {
        [orderNo]: ["SO-0", "SO-a", "SO-b"],
        [paymentNo]: ["P-1", "P-2"],
        [toKeyType("other_no")]: ["X"],
      };
      const all = [...events, unmatched("e-bundle", { keys: { ...bundle, [toKeyType("more_no")]: ["Y"] } })];
      await storage.events.accept(all);
      await storage.projection.commit(makeChange({ links: all.flatMap(({ event }) => linksOf(event)) }));
      const walked = async (limit: number) => {
        const neighbours: Neighbours = async (keys, types) => storage.crosswalk.neighbours(keys, types, limit);
        const found = await adjacent([payment("P-1")], { primary: orderNo, aliases: [paymentNo] }, neighbours);
        return found.get(toKeyId(payment("P-1")));
      };
      const wide = await walked(100_000);
      expect(wide?.primaries.size).toBe(1_007);
      expect([...(wide?.aliases.values() ?? [])]).toEqual([payment("P-2")]);
      expect((await walked(1_003))?.primaries.size).toBeGreaterThan(1_003);
      expect((await walked(1_000))?.isTooCommon).toBe(true);
      expect(await neighboursOf(storage, payment("P-1"), 1_000)).toHaveLength(1_001);
    });

    it("forgets a removed journey", async () => {
      const storage = await kit.open("writer");
      await storage.projection.commit(makeChange({ journeys: [makeJourney("SO-1"), makeJourney("SO-2")] }));
      await storage.projection.flush();
      await storage.projection.commit(makeChange({ removed: [{ flow: orders, primary: "SO-1" }] }));
      expect(await storage.journeys.find(orders, "SO-1")).toBeNull();
      expect(
        (await storage.journeys.list({ flows: [orders] }, { cursor: null, limit: 9 })).items.map((row) => row.primary),
      ).toEqual(["SO-2"]);
      expect((await storage.journeys.countByState([orders])).get(orders)).toMatchObject({ in_progress: 1 });
    });

    it("forgets what last arrived before a time, and learns it again", async () => {
      const storage = await kit.open("writer");
      const changeOf = (number: number, arrivedAt: number) => {
        const keys = [order(`SO-${number}`), payment(`P-${number}`)] as const;
        return makeChange({
          units: [
            makeUnit([keys[0]], { newestIngestedAt: arrivedAt }),
            makeUnit([keys[1]], { newestIngestedAt: arrivedAt }),
          ],
          journeys: [
            makeJourney(keys[0].value, {
              newestIngestedAt: arrivedAt,
              dues: [{ step: paid, dueAt: TEN, arrived: false }],
              latencies: [{ hop: "a..b", at: TEN, latencyMs: number }],
            }),
          ],
          links: [{ a: keys[0], b: keys[1] }],
          keys,
        });
      };
      for (let first = 0; first < 1_500; first += 100) {
        const changes = Array.from({ length: 100 }, (_, at) => changeOf(first + at, TEN - 9 * DAY));
        await storage.projection.commit(joined(changes));
      }
      await storage.projection.flush();
      await storage.projection.commit(changeOf(1_499, TEN));
      await storage.projection.commit(changeOf(1_500, TEN));
      const size = await storage.sizeBytes();
      await expireAll(storage, TEN - DAY);
      expect((await storage.journeys.countByState([orders])).get(orders)).toMatchObject({ in_progress: 2 });
      expect((await storage.units.scan(orders, null, 9)).map((unit) => unit.keys[0]?.value)).toEqual([
        "SO-1499",
        "SO-1500",
        "P-1499",
        "P-1500",
      ]);
      expect(await storage.units.listByAliases(orders, [payment("P-3")], 9)).toEqual([]);
      expect(await neighboursOf(storage, order("SO-3"))).toEqual([]);
      expect(await neighboursOf(storage, order("SO-1499"))).toEqual([payment("P-1499")]);
      expect(await storage.keySearch.list("so14", 9)).toEqual([order("SO-1499")]);
      expect(await storage.keySearch.list("p3", 9)).toEqual([]);
      expect(await storage.measures.latency({ flow: orders, from: 0, to: TEN + 1 })).toMatchObject([
        { count: 2, p50Ms: 1_499.5 },
      ]);
      if (adapter.givesSpaceBackLate === undefined) expect(await storage.sizeBytes()).toBeLessThan(size);
      await storage.projection.commit(changeOf(3, TEN));
      expect(await neighboursOf(storage, order("SO-3"))).toEqual([payment("P-3")]);
      expect(await storage.keySearch.list("p3", 9)).toEqual([payment("P-3")]);
    });
  });
};
