import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chainSteps, moveStep, toFlowYaml, type StepDraft } from "#lib/flow/flow-draft.ts";
import { matchStep } from "#lib/flow/match-step.ts";
import { parseFlow } from "#lib/flow/parse-flow.ts";
import { limitOf, proposeFlow } from "#lib/flow/propose-flow.ts";
import type { SeenEvent } from "#lib/flow/seen-places.ts";

/** As the door hands events on: ids are branded texts. */
const seen = (event: Record<string, unknown>): SeenEvent =>
  ({ operation: "process", outcome: "ok", eventTime: 0, ...event }) as SeenEvent;
const at = (step: string, system: string, order: string, seconds: number, more: Record<string, unknown> = {}) =>
  seen({ step, system, keys: { order_no: [order] }, eventTime: seconds * 1_000, ...more });

const orders = Array.from({ length: 20 }, (_, place) => `SO-${100 + place}`);
/** Placed, paid (two orders a payment), picked in parcels, delivered by parcel alone, posted beside; some cancelled. */
const shop: readonly SeenEvent[] = orders.flatMap((order, place) => {
  const start = place * 100;
  const payment = `P-${Math.floor(place / 2)}`;
  const waybills = place % 3 === 0 ? [`W-${place}a`, `W-${place}b`] : [`W-${place}`];
  return [
    at("placed", "oms", order, start, { keys: { order_no: [order], customer_phone: [`1380013${8000 + place}`] } }),
    at("paid", "payment", order, start + 30, { keys: { order_no: [order], payment_no: [payment] } }),
    ...(place === 19
      ? []
      : [at("picked", "wms", order, start + 600, { keys: { order_no: [order], waybill_no: waybills } })]),
    ...waybills.map((waybill) =>
      seen({ step: "delivered", system: "tms", keys: { waybill_no: [waybill] }, eventTime: (start + 7_000) * 1_000 }),
    ),
    ...(place % 5 === 0 ? [at("cancelled", "oms", order, start + 8_000)] : []),
  ];
});
const draftOf = (events: readonly SeenEvent[]) => {
  const proposal = proposeFlow(events);
  if (proposal === null) throw new Error("Nothing was proposed");
  return proposal.draft;
};
const parsed = (events: readonly SeenEvent[]) =>
  parseFlow(toFlowYaml(draftOf(events)), { readFile: () => null, hash: (text) => text });

describe("a proposed flow", () => {
  it("has the steps in the order records went through them, with limits from what was observed", () => {
    expect(draftOf(shop)).toEqual({
      flow: "order-flow",
      title: "",
      primary: "order_no",
      aliases: ["payment_no", "waybill_no"],
      searchable: ["customer_phone"],
      steps: [
        { id: "placed", system: "oms", after: [], isAny: false, within: "", isOptional: false, isEnd: false },
        {
          id: "paid",
          system: "payment",
          after: ["placed"],
          isAny: false,
          within: "30s",
          isOptional: false,
          isEnd: false,
        },
        { id: "picked", system: "wms", after: ["paid"], isAny: false, within: "10m", isOptional: false, isEnd: false },
        {
          id: "delivered",
          system: "tms",
          after: ["picked"],
          isAny: false,
          within: "2h",
          isOptional: false,
          isEnd: false,
        },
        { id: "cancelled", system: "oms", after: [], isAny: false, within: "", isOptional: false, isEnd: true },
      ],
    });
    expect(proposeFlow(shop)).toMatchObject({ events: shop.length, records: 20 });
  });

  it("is the same however the events are ordered", () => {
    const expected = proposeFlow(shop);
    fc.assert(
      fc.property(fc.shuffledSubarray([...shop], { minLength: shop.length }), (events) => {
        expect(proposeFlow(events)).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });

  it("can be read back, and takes in every event it was made from", () => {
    const { flow, problems } = parsed(shop);
    expect(problems).toBeUndefined();
    for (const event of shop) expect(flow === undefined ? null : matchStep(event, flow)).toBe(event.step);
  });

  it("makes a step of every system where events name no step, and of every point of a system with several", () => {
    const bare = (system: string, order: string, seconds: number, point?: string) =>
      seen({ system, keys: { order_no: [order] }, eventTime: seconds * 1_000, ...(point !== undefined && { point }) });
    const events = orders.flatMap((order) => [
      bare("oms", order, 0),
      bare("payment", order, 5, "kafka:payments.captured"),
      bare("payment", order, 9, "kafka:payments.settled"),
    ]);
    expect(draftOf(events).steps).toMatchObject([
      { id: "oms" },
      { id: "payment-payments.captured", point: "kafka:payments.captured", within: "5s" },
      { id: "payment-payments.settled", after: ["payment-payments.captured"] },
    ]);
    const { flow } = parsed(events);
    expect(events.map((event) => (flow === undefined ? null : matchStep(event, flow)))).not.toContain(null);
  });

  it("lets steps without an order stand beside each other, and what follows wait for both", () => {
    const events = orders.flatMap((order, place) => [
      at("placed", "oms", order, 0),
      at("posted", "finance", order, place % 2 === 0 ? 10 : 20),
      at("picked", "wms", order, 15),
      at("closed", "closing", order, 60),
    ]);
    expect(draftOf(events).steps).toMatchObject([
      { id: "placed" },
      { id: "picked", after: ["placed"] },
      { id: "posted", after: ["placed"] },
      { id: "closed", after: ["picked", "posted"], isAny: false },
    ]);
  });

  it("knows a choice of ways: what follows waits for the first, and neither need be", () => {
    const events = orders.flatMap((order, place) => [
      at("placed", "oms", order, 0),
      place % 2 === 0 ? at("shipped", "tms", order, 10) : at("collected", "shop", order, 20),
      at("closed", "closing", order, 60),
    ]);
    const { steps } = draftOf(events);
    expect(steps).toMatchObject([
      { id: "placed" },
      { id: "collected", isOptional: true },
      { id: "shipped", isOptional: true },
      { id: "closed", after: ["collected", "shipped"], isAny: true },
    ]);
    expect(toFlowYaml(draftOf(events))).toContain("afterAny: [collected, shipped]");
    expect(parsed(events).problems).toBeUndefined();
  });

  it("takes the flow that events name, and leaves what belongs to another process out", () => {
    const other = orders.map((_, place) => seen({ system: "hrm", keys: { slip_no: [`S-${place}`] } }));
    const named = shop.map((event) => ({ ...event, flow: "order-to-cash" }) as SeenEvent);
    expect(draftOf([...other, ...other, ...named]).flow).toBe("order-to-cash");
    expect(draftOf([...other.slice(0, 3), ...shop]).steps.map(({ system }) => system)).not.toContain("hrm");
    expect(draftOf(other)).toMatchObject({ flow: "slip-flow", primary: "slip_no", steps: [{ id: "hrm" }] });
  });

  it("does not count failed attempts as arrivals, and forgives a clock that is wrong", () => {
    const events = orders.flatMap((order, place) => [
      at("placed", "oms", order, place === 0 ? 3_600 : 0),
      at("posted", "finance", order, 1, { outcome: "failed" }),
      at("posted", "finance", order, 4),
    ]);
    expect(draftOf(events).steps).toMatchObject([{ id: "placed" }, { id: "posted", within: "5s" }]);
  });

  it("quotes what YAML would read otherwise", () => {
    const events = [at("yes", "7", "SO-1", 0), at("a: b", "x, y", "SO-1", 5), at("订单 付款", "no", "SO-1", 9)];
    const { flow, problems } = parsed(events);
    expect(problems).toBeUndefined();
    expect(flow?.steps.map(({ id, system }) => [id, system])).toEqual([
      ["yes", "7"],
      ["a: b", "x, y"],
      ["订单 付款", "no"],
    ]);
  });

  it("is none where no key could identify a record", () => {
    expect(proposeFlow([])).toBeNull();
    expect(proposeFlow([seen({ system: "crm", keys: { customer_phone: ["13800138000"] } })])).toBeNull();
  });
});

describe("a proposed limit", () => {
  it.each([
    [[], ""],
    [[-5], ""],
    [[0], "1s"],
    [[1_000], "1s"],
    [[1_001], "2s"],
    [[59_000], "1m"],
    [[3_700_000], "2h"],
    [[40 * 86_400_000], "60d"],
  ])("of %j is %j", (latencies, limit) => {
    expect(limitOf(latencies)).toBe(limit);
  });

  it("lets one straggler in a hundred be late", () => {
    expect(limitOf([...Array.from({ length: 199 }, () => 4_000), 9_000_000])).toBe("5s");
  });
});

describe("a draft's steps", () => {
  const { steps } = draftOf(shop);
  const ways = (list: readonly StepDraft[]) => list.map(({ id, after }) => [id, ...after]);

  it("stand in a row again when one is moved", () => {
    expect(ways(moveStep(steps, 1, 1))).toEqual([
      ["placed"],
      ["picked", "placed"],
      ["paid", "picked"],
      ["delivered", "paid"],
      ["cancelled"],
    ]);
    expect(moveStep(steps, 0, -1)).toBe(steps);
    expect(moveStep(steps, 1, -1)[0]).toMatchObject({ id: "paid", after: [], within: "" });
  });

  it("close the gap when one is left out", () => {
    expect(ways(chainSteps(steps.filter(({ id }) => id !== "paid")))).toEqual([
      ["placed"],
      ["picked", "placed"],
      ["delivered", "picked"],
      ["cancelled"],
    ]);
  });
});
