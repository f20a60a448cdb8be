import { describe, expect, it } from "vitest";
import { toKeyType, toSourceId } from "#lib/id/id.ts";
import type { EventPosition, PositionedEvent } from "#lib/storage/event-log.ts";
import type { EventStorage } from "#lib/storage/storage.ts";
import { type EventAdapter, useEventBed, visibleWithin } from "#test/conformance/events/event-bed.ts";
import {
  DAY,
  makeEvent,
  order,
  orderNo,
  orders,
  paid,
  payment,
  paymentNo,
  posted,
  refunds,
  TEN,
  unmatched,
} from "#test/conformance/events/make.ts";

const many = (count: number, from = 0) =>
  Array.from({ length: count }, (_, place) =>
    unmatched(`e${from + place}`, { keys: { [orderNo]: [`SO-${from + place}`] } }),
  );

const scanAll = async ({ events }: EventStorage, limit: number): Promise<readonly PositionedEvent[]> => {
  const all: PositionedEvent[] = [];
  for (
    let page = await events.scan(null, limit);
    page.length > 0;
    page = await events.scan(all.at(-1)?.position ?? null, limit)
  ) {
    all.push(...page);
  }
  return all;
};

export const checkEventLog = (adapter: EventAdapter): void => {
  describe(`event log of ${adapter.name}`, () => {
    const kit = useEventBed(adapter);

    it("gives back every event as it was stored, by identity and by key", async () => {
      const { events } = await kit.open("writer");
      const event = makeEvent("oms-1", {
        keys: { [orderNo]: ["SO-1", "订单 \"1'.😀"], [paymentNo]: ["P-1"] },
        searchable: { [toKeyType("phone")]: [{ token: "t0k3n", shown: "138****8000" }] },
        payload: { "a.b": [1.5, null, "x\u0000y", { deep: true }], text: "</script>" },
        error: { class: "bad_format", field: "tax_no" },
      });
      expect(await events.accept([{ event, matches: [] }])).toMatchObject({ outcomes: ["accepted"] });
      expect(await events.find("oms", "oms-1")).toEqual(event);
      for (const key of [
        order("SO-1"),
        order("订单 \"1'.😀"),
        payment("P-1"),
        { type: toKeyType("phone"), value: "t0k3n" },
      ]) {
        expect(await events.listByKeys([key], 10)).toEqual([event]);
      }
      expect(await events.find("oms", "oms-2")).toBeNull();
      expect(await events.find("wms", "oms-1")).toBeNull();
      expect(
        await events.listByKeys([payment("SO-1"), { type: toKeyType("phone"), value: "138****8000" }], 10),
      ).toEqual([]);
    });

    it("counts an event once when source and id repeat, in one batch, in later ones and after a restart", async () => {
      const storage = await kit.open("writer");
      const item = unmatched("a");
      const other = unmatched("a", { source: toSourceId("wms") });
      const changed = unmatched("a", { contentHash: "other" });
      expect((await storage.events.accept([item, item, changed, other])).outcomes).toEqual([
        "accepted",
        "duplicate",
        "id_reused",
        "accepted",
      ]);
      expect((await storage.events.accept([changed, item])).outcomes).toEqual(["id_reused", "duplicate"]);
      expect((await storage.events.accept([item])).position).toBeNull();
      const next = await kit.reopen(storage);
      expect((await next.events.accept([item, changed, ...many(700)])).outcomes.slice(0, 3)).toEqual([
        "duplicate",
        "id_reused",
        "accepted",
      ]);
      expect(await next.events.countAll()).toBe(702);
      expect(await next.events.find("oms", "a")).toEqual(item.event);
    });

    it("knows repeats of everything kept, however long ago it came and in whatever order", async () => {
      const { events } = await kit.open("writer");
      for (let batch = 0; batch < 20; batch += 1) await events.accept(many(100, batch * 100));
      const { outcomes } = await events.accept(many(2_100).toReversed());
      expect(outcomes.filter((outcome) => outcome === "duplicate")).toHaveLength(2_000);
      expect(await events.countAll()).toBe(2_100);
    });

    it("lists events of any of the keys newest arrival first, each once, up to the limit", async () => {
      const { events } = await kit.open("writer");
      for (let batch = 0; batch < 30; batch += 1) {
        await events.accept(
          Array.from({ length: 50 }, (_, place) => {
            const number = batch * 50 + place;
            return unmatched(`e${number}`, {
              keys: { [orderNo]: ["SO-hot", `SO-${number}`], [paymentNo]: [`P-${number % 3}`] },
            });
          }),
        );
      }
      const idsOf = async (keys: Parameters<typeof events.listByKeys>[0], limit: number) =>
        (await events.listByKeys(keys, limit)).map((event) => event.id);
      expect(await idsOf([order("SO-hot"), payment("P-1"), order("SO-1499")], 3)).toEqual(["e1499", "e1498", "e1497"]);
      expect(await idsOf([order("SO-7"), order("SO-1400"), order("SO-7")], 10)).toEqual(["e1400", "e7"]);
      expect(await idsOf([order("SO-hot")], 2_000)).toEqual(
        Array.from({ length: 1_500 }, (_, place) => `e${1_499 - place}`),
      );
      expect(await idsOf([], 10)).toEqual([]);
    });

    it("pages through events of any of the keys backwards, each once, while others arrive", async () => {
      const storage = await kit.open("writer");
      for (let batch = 0; batch < 9; batch += 1) {
        await storage.events.accept(
          Array.from({ length: 70 }, (_, place) => {
            const number = batch * 70 + place;
            return unmatched(`e${number}`, {
              keys: { [orderNo]: ["SO-hot"], [paymentNo]: [number % 2 === 0 ? "P-even" : "P-odd"] },
            });
          }),
        );
      }
      const keys = [payment("P-even"), order("SO-nobody")];
      const found: string[] = [];
      let before: EventPosition | null = null;
      for (;;) {
        const page: readonly PositionedEvent[] = await storage.events.pageByKeys(keys, before, 40);
        found.push(...page.map(({ event }) => event.id));
        before = page.at(-1)?.position ?? null;
        if (before === null || page.length < 40) break;
        await storage.events.accept([unmatched(`late-${found.length}`, { keys: { [paymentNo]: ["P-even"] } })]);
      }
      expect(found).toEqual(Array.from({ length: 315 }, (_, place) => `e${628 - 2 * place}`));
    });

    it("hands out all events in order of arrival from any position on", async () => {
      const storage = await kit.open("writer");
      const positions: (EventPosition | null)[] = [];
      for (let batch = 0; batch < 9; batch += 1)
        positions.push((await storage.events.accept(many(77, batch * 77))).position);
      const all = await scanAll(storage, 50);
      expect(all.map(({ event }) => event.id)).toEqual(Array.from({ length: 693 }, (_, place) => `e${place}`));
      const [next] = await storage.events.scan(positions[3] ?? null, 1);
      expect(next?.event.id).toBe("e308");
      expect(await storage.events.scan(positions[8] ?? null, 10)).toEqual([]);
      const newest = await storage.events.listNewest(200);
      expect(newest.map(({ id }) => id)).toEqual(Array.from({ length: 200 }, (_, place) => `e${692 - place}`));
      expect(await storage.events.listNewest(9_999)).toHaveLength(693);
      const later = await kit.reopen(storage);
      expect(await scanAll(later, 400)).toEqual(all);
    });

    it("counts failed events by event time, of the flows asked for", async () => {
      const { events } = await kit.open("writer");
      const failed = (id: string, flow: typeof orders, eventTime: number) => ({
        event: makeEvent(id, {
          outcome: "failed",
          eventTime,
          error: { class: "timeout", field: "amount" },
          point: "kafka:x",
        }),
        matches: [{ flow, step: paid, primary: "SO-1", signature: "no answer" }],
      });
      await events.accept([
        failed("a", orders, TEN),
        failed("b", refunds, TEN + 1),
        failed("c", orders, TEN + 2),
        unmatched("d", { outcome: "failed" }),
      ]);
      await events.accept([
        failed("e", orders, TEN - 1),
        { event: makeEvent("f"), matches: [{ flow: orders, step: posted }] },
      ]);
      const listed = await events.listFailed({ flows: [orders], from: TEN - 1, to: TEN + 2 }, 10);
      expect(listed.map(({ eventTime }) => eventTime)).toEqual([TEN, TEN - 1]);
      expect(listed[0]).toEqual({
        flow: orders,
        step: paid,
        errorClass: "timeout",
        field: "amount",
        point: "kafka:x",
        signature: "no answer",
        eventTime: TEN,
        primary: "SO-1",
      });
      expect(
        (await events.listFailed({ flows: [orders, refunds], from: 0, to: TEN + 9 }, 2)).map(
          ({ eventTime }) => eventTime,
        ),
      ).toEqual([TEN + 2, TEN + 1]);
      expect(await events.listFailed({ flows: [], from: 0, to: TEN + 9 }, 2)).toEqual([]);
    });

    it("forgets what arrived before a time, gives the space back and never gives a position twice", async () => {
      const storage = await kit.open("writer");
      const old = await storage.events.accept(
        many(8_000).map(({ event }) => ({
          event: { ...event, ingestedAt: TEN - 9 * DAY, payload: crypto.randomUUID().repeat(20) },
          matches: [],
        })),
      );
      await storage.events.accept(many(10, 8_000));
      const before = await storage.sizeBytes();
      expect(await storage.events.expire(TEN - DAY)).toBe(8_000);
      expect(await storage.sizeBytes()).toBeLessThan(before / 2);
      expect(await storage.events.countAll()).toBe(10);
      expect(await storage.events.find("oms", "e7")).toBeNull();
      expect(await storage.events.listByKeys([order("SO-7")], 9)).toEqual([]);
      expect((await storage.events.scan(old.position, 99)).map(({ event }) => event.id)).toEqual(
        many(10, 8_000).map(({ event }) => event.id),
      );
      expect(await storage.events.expire(TEN + DAY)).toBe(10);
      const next = await kit.reopen(storage);
      const again = await next.events.accept([unmatched("e7"), unmatched("e5001")]);
      expect(again.outcomes).toEqual(["accepted", "accepted"]);
      expect((await next.events.scan(old.position, 99)).map(({ event }) => event.id)).toEqual(["e7", "e5001"]);
    });

    it("refuses a position it never gave", async () => {
      const { events } = await kit.open("writer");
      await expect(events.scan("yesterday" as EventPosition, 1)).rejects.toMatchObject({ code: "invalid_cursor" });
    });

    it("shows other readers what was accepted, and forgets with the writer", async () => {
      const [reader, writer] = [await kit.open("reader"), await kit.open("writer")];
      expect(await reader.events.countAll()).toBe(0);
      await writer.events.accept(
        many(300).map(({ event }) => ({ event: { ...event, ingestedAt: TEN - 9 * DAY }, matches: [] })),
      );
      await expect.poll(async () => reader.events.countAll(), visibleWithin).toBe(300);
      await writer.events.accept(many(300, 300));
      await expect.poll(async () => (await reader.events.find("oms", "e599"))?.id, visibleWithin).toBe("e599");
      expect(await reader.events.listByKeys([order("SO-5")], 9)).toEqual(
        await writer.events.listByKeys([order("SO-5")], 9),
      );
      await writer.events.expire(TEN - DAY);
      await expect.poll(async () => reader.events.find("oms", "e5"), visibleWithin).toBeNull();
    });
  });
};
