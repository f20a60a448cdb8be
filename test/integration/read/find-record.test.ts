import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fieldTable } from "#lib/field/field-table.ts";
import { toFlowId } from "#lib/id/id.ts";
import { ReadError } from "#lib/api/problem.ts";
import { flows } from "./flows.ts";
import { onlyJourney, startRecordWorld, type RecordWorld } from "./record-world.ts";

let world: RecordWorld;
/** A minute ago: what was due 5 s later is overdue. */
let t: number;
beforeAll(async () => {
  world = await startRecordWorld(flows);
  t = Date.now() - 60_000;
}, 60_000);
afterAll(async () => world.close());

const placed = (order: string, more: object = {}) => ({
  id: `placed-${order}`,
  source: "oms",
  step: "placed",
  time: t,
  keys: { order_no: order },
  ...more,
});
const paid = (order: string, more: object = {}) => ({
  id: `paid-${order}`,
  source: "pay",
  step: "paid",
  time: t + 1000,
  keys: { order_no: order },
  ...more,
});

describe("a record that is missing", () => {
  it("tells where it is, why, with evidence, payloads, links and names", async () => {
    await world.send(
      placed("SO-1", {
        keys: { order_no: "SO-1", customer_phone: "13800138000" },
        attributes: { region: "east" },
        payload: { tax_no: "91310", amount: "1.00" },
      }),
      paid("SO-1", { keys: { order_no: "SO-1", payment_no: "P-1" }, payload: { tax_no: " ", amount: "1.00" } }),
    );
    await world.beat("finance-importer", Date.now());
    const answer = await world.until("order_no", "SO-1", ({ journeys }) => journeys[0]?.state === "overdue");
    const journey = onlyJourney(answer);

    expect(answer.record).toMatchObject({ type: "order_no", value: "SO-1" });
    expect(journey).toMatchObject({ flow: "order-to-cash", primary: "SO-1", eventsTotal: 2 });
    expect(journey.verdict).toMatchObject({
      state: "overdue",
      reason: "missing_field",
      step: "posted",
      hop: "paid..posted",
      field: "tax_no",
      dueAt: new Date(t + 6000).toISOString(),
      since: new Date(t + 6000).toISOString(),
      owners: { provides: "sales-ops", processes: "integration", monitors: "support" },
    });
    expect(journey.verdict.lateByMs).toBeGreaterThan(50_000);
    expect(journey.verdict.summary.en).toContain("Provided by Sales-Ops");
    expect(journey.verdict.evidence.map(({ kind }) => kind)).toContain("contract");
    expect(journey.events.map(({ matchedStep, checks }) => [matchedStep, checks?.["posted"]?.result])).toEqual([
      ["paid", "breached"],
      ["placed", "ok"],
    ]);
    expect(journey.links).toEqual([
      { type: "order_no", value: "SO-1", masked: false, related: [], relatedTotal: 0 },
      { type: "payment_no", value: "P-1", masked: false, related: [], relatedTotal: 0 },
      { type: "customer_phone", value: "138****8000", masked: true, related: [], relatedTotal: 0 },
    ]);
    expect(journey.names.steps).toMatchObject({
      placed: { en: "Order centre", zh: "订单中心" },
      paid: { en: "Payment" },
    });
    expect(journey.names.teams["sales-ops"]?.contacts?.dingtalk).toBe("sales-ops-group");
    expect(journey.names.shape.find(({ id }) => id === "posted")?.needs[0]).toMatchObject({
      field: "tax_no",
      required: true,
    });
    expect(JSON.stringify(answer)).not.toContain("13800138000");
    expect(fieldTable(journey)).toMatchObject({ firstBroken: 1, needsOf: "posted" });
  });

  it("heals when the missing event comes", async () => {
    await world.send(placed("SO-2"), paid("SO-2"));
    await world.until("order_no", "SO-2", ({ journeys }) => journeys[0]?.state === "overdue");
    await world.send({
      id: "posted-SO-2",
      source: "finance-importer",
      step: "posted",
      time: t + 2000,
      keys: { order_no: "SO-2" },
    });
    const answer = await world.until("order_no", "SO-2", ({ journeys }) => journeys[0]?.state === "in_progress");
    expect(onlyJourney(answer).steps.find(({ id }) => id === "posted")).toMatchObject({ status: "settled" });
  });

  it("counts those that fail alike, itself included, and the sentence tells the others", async () => {
    const orders = ["SO-A1", "SO-A2", "SO-A3"];
    const error = { class: "rejected", code: "FIN-7", message: "no such account" };
    await world.send(
      ...orders.flatMap((order) => [
        placed(order),
        {
          id: `f-${order}`,
          source: "finance-importer",
          step: "posted",
          time: t + 3000,
          outcome: "failed",
          keys: { order_no: order },
          error,
        },
      ]),
    );
    const answer = await world.until("order_no", "SO-A2", ({ journeys }) => journeys[0]?.verdict.alike?.count === 3);
    const { verdict } = onlyJourney(answer);
    expect(verdict).toMatchObject({ state: "failed", reason: "rejected" });
    expect(verdict.alike).toEqual({
      count: 3,
      since: new Date(t + 3000).toISOString(),
      href: "/journeys?flow=order-to-cash&step=posted&reason=rejected&class=rejected&without=field",
    });
    expect(verdict.summary.en).toContain("2 others fail the same way");
    expect(verdict.summary.zh).toContain("另有 2 ");
  });

  it("is an outage where almost everything due at the time is missing, though rows never say so", async () => {
    const early = t - 3_600_000;
    const orders = Array.from({ length: 12 }, (_, index) => `SO-B${index}`);
    await world.send(...orders.map((order) => placed(order, { time: early, payload: { tax_no: "91310" } })));
    const answer = await world.until("order_no", "SO-B3", ({ journeys }) => journeys[0]?.verdict.reason === "outage");
    const { alike } = onlyJourney(answer).verdict;
    expect(alike).toMatchObject({
      count: 12,
      href: "/journeys?flow=order-to-cash&step=posted&reason=outage&without=class%2Cfield",
    });
    const row = await world.stores.journeys.find(toFlowId("order-to-cash"), "SO-B3");
    expect(row).toMatchObject({ state: "overdue", reason: "not_seen" });
  });
});

describe("a key", () => {
  it("leads over aliases to its records, with the events that named none of them", async () => {
    await world.send(
      placed("SO-10", { keys: { order_no: ["SO-10", "SO-11"], payment_no: "P-10" } }),
      {
        id: "ship-10",
        source: "wms",
        step: "shipped",
        time: t + 2000,
        keys: { payment_no: "P-10", waybill_no: "W-10" },
      },
      { id: "ret-1", source: "shop", step: "asked", time: t + 3000, keys: { return_no: "R-1", payment_no: "P-10" } },
    );
    const answer = await world.until(
      "waybill_no",
      "W-10",
      ({ journeys }) =>
        journeys.length === 2 &&
        journeys.every(
          ({ eventsTotal, links }) => eventsTotal === 2 && links.some(({ relatedTotal }) => relatedTotal === 2),
        ),
    );
    expect(new Set(answer.journeys.map(({ primary }) => primary))).toEqual(new Set(["SO-10", "SO-11"]));
    for (const journey of answer.journeys) {
      expect(journey).toMatchObject({ eventsTotal: 2 });
      expect(journey.events.map(({ id }) => id)).toEqual(["ship-10", "placed-SO-10"]);
    }
    const [first] = answer.journeys;
    expect(first?.links.find(({ type }) => type === "payment_no")).toMatchObject({
      related: [
        { flow: "order-to-cash", primary: "SO-11" },
        { flow: "returns", primary: "R-1" },
      ],
      relatedTotal: 2,
    });
    const payment = await world.until("payment_no", "P-10", ({ journeys }) => journeys.length === 3);
    expect(payment.journeys.map(({ flow, primary }) => `${flow}/${primary ?? ""}`).toSorted()).toEqual([
      "order-to-cash/SO-10",
      "order-to-cash/SO-11",
      "returns/R-1",
    ]);
  });

  it("known from waiting events only is one entry that says so, and joins when the link arrives", async () => {
    await world.send({ id: "ship-20", source: "wms", step: "shipped", time: t, keys: { waybill_no: "W-20" } });
    const waiting = onlyJourney(await world.until("waybill_no", "W-20", ({ journeys }) => journeys.length > 0));
    expect(waiting).toMatchObject({
      primary: null,
      state: "unknown",
      verdict: { state: "unknown", reason: "waiting_for_link" },
      eventsTotal: 1,
      links: [{ type: "waybill_no", value: "W-20" }],
    });
    expect(waiting.events.map(({ id }) => id)).toEqual(["ship-20"]);
    await world.send(placed("SO-20", { keys: { order_no: "SO-20", waybill_no: "W-20" } }));
    const joined = await world.until("waybill_no", "W-20", ({ journeys }) => journeys[0]?.primary === "SO-20");
    expect(onlyJourney(joined).eventsTotal).toBe(2);
  });

  it("of whatever type is found by `_`, exactly as it was sent", async () => {
    await world.send(placed("SO-30"));
    const answer = await world.until("_", "SO-30", ({ journeys }) => journeys.length > 0);
    expect(answer.record.type).toBe("_");
    expect(await world.find("_", "so-30")).toBeNull();
    expect(await world.find("_", "SO-3")).toBeNull();
    expect((await world.find("_", "  SO-30 "))?.journeys).toHaveLength(1);
  });

  it("that nobody sent is found nowhere", async () => {
    expect(await world.find("order_no", "SO-never")).toBeNull();
    expect(await world.find("no_such_type", "SO-30")).toBeNull();
    expect(await world.find("_", "🚚".repeat(300))).toBeNull();
  });

  it("that leads to more than 1,000 records is no business key: its count and no journeys", async () => {
    const many = Array.from({ length: 1005 }, (_, index) =>
      placed(`SO-C${index}`, { keys: { order_no: `SO-C${index}`, payment_no: "P-COMMON" } }),
    );
    await world.send(...many);
    const answer = await world.until("payment_no", "P-COMMON", ({ record }) => record.count === 1005);
    expect(answer).toMatchObject({ record: { tooCommon: true, count: 1005 }, journeys: [] });
    const journey = onlyJourney(await world.until("order_no", "SO-C7", ({ journeys }) => journeys.length > 0));
    expect(journey.warnings.map(({ kind }) => kind)).toContain("too_common");
  });

  it("of a searchable type is found by its full value, never in an address", async () => {
    await world.send(placed("SO-40", { keys: { order_no: "SO-40", customer_phone: "13900139000" } }));
    await world.until("order_no", "SO-40", ({ journeys }) => journeys.length > 0);
    for (const type of ["customer_phone", "_"]) {
      const answer = await world.find(type, "13900139000", { searchable: true });
      expect(answer?.journeys.map(({ primary }) => primary)).toEqual(["SO-40"]);
    }
    expect(await world.find("_", "13900139001", { searchable: true })).toBeNull();
    expect(await world.find("_", "13900139000")).toBeNull();
    const refused = world.find("customer_phone", "13900139000");
    await expect(refused).rejects.toThrow(ReadError);
    await expect(refused).rejects.toMatchObject({ code: "invalid_parameter" });
  });
});

describe("events", () => {
  it("that match no step are found by their keys, with the reason", async () => {
    await world.send(
      { id: "u1", source: "x", system: "nobody", time: t, keys: { order_no: "SO-50" }, payload: { note: "hello" } },
      { id: "u2", source: "x", flow: "order-to-cash", system: "logistics", time: t + 1, keys: { order_no: "SO-50" } },
    );
    const answer = await world.until("order_no", "SO-50", ({ unmatched }) => unmatched.length === 2);
    expect(answer.journeys).toEqual([]);
    expect(answer.unmatched.map(({ id, unmatchedReason }) => [id, unmatchedReason])).toEqual([
      ["u2", "ambiguous_step"],
      ["u1", "no_step"],
    ]);
    const unknownType = { id: "u3", source: "x", system: "nobody", time: t, keys: { badge: "B-1" } };
    await world.send(unknownType);
    expect((await world.until("_", "B-1", ({ unmatched }) => unmatched.length === 1)).journeys).toEqual([]);
  });

  it("are the newest 200 by event time, and all are counted", async () => {
    const events = Array.from({ length: 230 }, (_, index) => ({
      id: `many-${index}`,
      source: "oms",
      step: "placed",
      time: t - index * 10,
      keys: { order_no: "SO-60" },
    }));
    await world.send(...events);
    const journey = onlyJourney(
      await world.until("order_no", "SO-60", ({ journeys }) => journeys[0]?.eventsTotal === 230),
    );
    expect(journey.events).toHaveLength(200);
    expect(journey.events[0]?.id).toBe("many-0");
    expect(journey.events.at(-1)?.id).toBe("many-199");
  });

  it("come without what they said for roles that may not read payloads", async () => {
    const answer = await world.find("order_no", "SO-1", { role: "manager" });
    for (const event of answer?.journeys[0]?.events ?? []) {
      expect(event).not.toHaveProperty("payload");
      expect(event).not.toHaveProperty("attributes");
      expect(event.keys["order_no"]).toEqual(["SO-1"]);
    }
    expect(answer?.journeys[0]?.verdict.field).toBe("tax_no");
  });
});

describe("a flow that a role may not see", () => {
  it("shows nowhere: not as a journey, not as a relation, not among unmatched events", async () => {
    await world.send(
      {
        id: "sal-1",
        source: "hrm",
        flow: "salaries",
        step: "computed",
        time: t,
        keys: { slip_no: "S-1", payment_no: "P-70" },
      },
      { id: "sal-2", source: "hrm", flow: "salaries", step: "no-such-step", time: t, keys: { slip_no: "S-1" } },
      placed("SO-70", { keys: { order_no: "SO-70", payment_no: "P-70" } }),
    );
    const all = await world.until("payment_no", "P-70", ({ journeys }) => journeys.length === 2);
    expect(all.journeys.map(({ flow }) => flow).toSorted()).toEqual(["order-to-cash", "salaries"]);
    expect((await world.find("slip_no", "S-1"))?.unmatched.map(({ id }) => id)).toEqual(["sal-2"]);

    expect(await world.find("slip_no", "S-1", { role: "support" })).toBeNull();
    expect(await world.find("_", "S-1", { role: "support" })).toBeNull();
    const seen = await world.find("payment_no", "P-70", { role: "support" });
    expect(seen?.journeys.map(({ flow }) => flow)).toEqual(["order-to-cash"]);
    expect(seen?.journeys[0]?.links.flatMap(({ related }) => related)).toEqual([]);
    expect(JSON.stringify(seen)).not.toContain("salaries");
    expect(JSON.stringify(seen)).not.toContain('S-1"');
  });
});

describe("a flow version saved for the past", () => {
  it("judges the journeys it concerns at once, from the kept events where the worker has not got to them yet", async () => {
    const { definitions } = world.stores;
    const versions = (await definitions.listVersions()).filter(({ flow }) => flow === "order-to-cash");
    const [first] = versions;
    if (first === undefined) throw new Error("no version");
    const steps = first.declaration.steps.map((step) =>
      step.id === "posted" ? { ...step, within: { text: "30d", ms: 30 * 86_400_000 } } : step,
    );
    expect((await world.find("order_no", "SO-1"))?.journeys[0]?.state).toBe("overdue");
    await definitions.saveVersion(
      { ...first, hash: "patient", from: 0, savedAt: Date.now(), declaration: { ...first.declaration, steps } },
      "test",
    );
    const journey = onlyJourney(
      await world.until("order_no", "SO-1", ({ journeys }) => journeys[0]?.flowVersion === "patient"),
    );
    expect(journey).toMatchObject({ state: "in_progress", eventsTotal: 2, verdict: { reason: null, step: null } });
    expect(journey.events.map(({ matchedStep, checks }) => [matchedStep, checks?.["posted"]?.result])).toEqual([
      ["paid", "breached"],
      ["placed", "ok"],
    ]);
    expect(journey.warnings).toMatchObject([{ kind: "contract", hop: "paid..posted", field: "tax_no" }]);
  });
});
