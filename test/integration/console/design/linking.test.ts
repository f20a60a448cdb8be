import { describe, expect, it } from "vitest";
import { idsOf, hoplineOf, type Sent } from "#test/support/hopline.ts";

const hopline = hoplineOf({
  "orders.yaml": `
flow: orders
record: { primary: order_no, aliases: [payment_no, waybill_no], searchable: [phone] }
steps:
  - { id: placed, system: oms }
  - { id: paid, system: payment, after: placed, within: 1h }
  - { id: shipped, system: logistics, after: paid, optional: true }
`,
  "returns.yaml": `
flow: returns
record: { primary: return_no, aliases: [order_no] }
steps: [{ id: returned, system: returns }]
`,
});
type Keys = Readonly<Record<string, string | readonly string[]>>;
const event = (id: string, step: string, keys: Keys, more: Sent = {}): Sent => ({
  id,
  flow: "orders",
  step,
  keys,
  time: hopline.at("0s"),
  source: "linking",
  ...more,
});
const eventsOf = async (order: string): Promise<readonly string[]> =>
  idsOf((await hopline.journey(order, "orders")).events);
const waiting = async (type: string, value: string): Promise<boolean> => {
  const { journeys } = await hopline.record(type, value);
  return journeys.some(
    (each) => each.primary === null && each.state === "unknown" && each.verdict.reason === "waiting_for_link",
  );
};

describe("an event that names no primary", () => {
  it("belongs to the primary its alias was seen beside, whichever came first", async () => {
    await hopline.send(
      event("j1", "placed", { order_no: "J-1", payment_no: "P-J1" }),
      event("j2", "paid", { payment_no: "P-J1" }),
    );
    expect(await eventsOf("J-1")).toEqual(["j1", "j2"]);
    const byAlias = await hopline.record("payment_no", "P-J1");
    expect(byAlias.journeys.map((each) => each.primary)).toEqual(["J-1"]);
    expect(byAlias.journeys[0]?.state).toBe("completed");
  });

  it("waits visibly while its alias leads nowhere, and joins when the link arrives", async () => {
    await hopline.send(event("w1", "paid", { payment_no: "P-W" }));
    const { journeys } = await hopline.record("payment_no", "P-W");
    expect(journeys).toHaveLength(1);
    expect(journeys[0]).toMatchObject({
      flow: "orders",
      primary: null,
      state: "unknown",
      verdict: { state: "unknown", reason: "waiting_for_link" },
    });
    expect(idsOf(journeys[0]?.events ?? [])).toEqual(["w1"]);
    await hopline.send(event("w2", "placed", { order_no: "W", payment_no: "P-W" }));
    expect(await eventsOf("W")).toEqual(["w1", "w2"]);
    expect((await hopline.record("payment_no", "P-W")).journeys.map((each) => each.primary)).toEqual(["W"]);
  });

  it("belongs to several primaries when its alias was seen beside several, in one event or in many", async () => {
    await hopline.send(
      event("s1", "placed", { order_no: ["S-1", "S-2"], payment_no: "P-S" }),
      event("s2", "placed", { order_no: "S-3", payment_no: "P-S" }),
      event("s3", "paid", { payment_no: "P-S" }),
    );
    for (const order of ["S-1", "S-2", "S-3"]) expect((await hopline.journey(order)).state).toBe("completed");
    expect((await hopline.record("payment_no", "P-S")).journeys.map((each) => each.primary ?? "").toSorted()).toEqual([
      "S-1",
      "S-2",
      "S-3",
    ]);
  });

  it("starts from all of its aliases together", async () => {
    await hopline.send(
      event("t1", "placed", { order_no: "T-1", payment_no: "P-T" }),
      event("t2", "placed", { order_no: "T-2", waybill_no: "W-T" }),
      event("t3", "paid", { payment_no: "P-T", waybill_no: "W-T" }),
    );
    expect(await eventsOf("T-1")).toEqual(["t1", "t3"]);
    expect(await eventsOf("T-2")).toEqual(["t2", "t3"]);
  });

  it("reaches a primary over further aliases, and a nearer link learned later replaces the farther one", async () => {
    await hopline.send(
      event("n1", "placed", { order_no: "N-FAR", payment_no: "P-N" }),
      event("n2", "shipped", { payment_no: "P-N", waybill_no: "W-N" }),
      event("n3", "shipped", { waybill_no: "W-N" }),
    );
    expect(await eventsOf("N-FAR")).toEqual(["n1", "n2", "n3"]);
    await hopline.send(event("n4", "placed", { order_no: "N-NEAR", waybill_no: "W-N" }));
    expect(await eventsOf("N-NEAR")).toContain("n3");
    expect(await eventsOf("N-FAR")).not.toContain("n3");
  });

  it("reaches over four links and not over five", async () => {
    await hopline.send(
      event("c0", "placed", { order_no: "C", payment_no: "C-1" }),
      event("c1", "paid", { payment_no: ["C-1", "C-2"] }),
      event("c2", "paid", { payment_no: ["C-2", "C-3"] }),
      event("c3", "paid", { payment_no: ["C-3", "C-4"] }),
      event("c4", "paid", { payment_no: "C-4" }),
      event("c5", "paid", { payment_no: ["C-5", "C-6"] }),
      event("c6", "paid", { payment_no: "C-5" }),
      event("c7", "paid", { payment_no: ["C-4", "C-6"] }),
    );
    const events = await eventsOf("C");
    expect(events).toEqual(expect.arrayContaining(["c0", "c1", "c2", "c3", "c4", "c7"]));
    expect(events).not.toContain("c6");
    expect(await waiting("payment_no", "C-5")).toBe(true);
  });
});

describe("an event that names a primary", () => {
  it("is never spread to others through its aliases", async () => {
    await hopline.send(
      event("x1", "placed", { order_no: "X-1", payment_no: "P-X" }),
      event("x2", "placed", { order_no: "X-2", payment_no: "P-X" }),
      event("x3", "paid", { order_no: "X-1", payment_no: "P-X" }),
    );
    expect(await eventsOf("X-1")).toEqual(["x1", "x3"]);
    expect(await eventsOf("X-2")).toEqual(["x2"]);
  });

  it("of its own flow is spread in another flow where that key is an alias", async () => {
    await hopline.send(
      {
        id: "r1",
        flow: "returns",
        step: "returned",
        keys: { return_no: "R-1", order_no: "R-O" },
        time: hopline.at("0s"),
      },
      event("r2", "placed", { order_no: "R-O" }),
    );
    const { journeys } = await hopline.record("order_no", "R-O");
    expect(journeys.map((each) => `${each.flow} ${each.primary ?? ""}`).toSorted()).toEqual([
      "orders R-O",
      "returns R-1",
    ]);
  });
});

describe("links", () => {
  it("are learned from events that match no step", async () => {
    await hopline.send(
      { id: "u1", system: "nowhere", keys: { order_no: "U", payment_no: "P-U" }, time: hopline.at("0s") },
      event("u2", "paid", { payment_no: "P-U" }),
    );
    expect(await eventsOf("U")).toEqual(["u2"]);
  });

  it("are not learned from searchable types, nor from types that are not the flow's", async () => {
    await hopline.send(
      event("v1", "placed", { order_no: "V-1", phone: "13700000001" }),
      event("v2", "paid", { payment_no: "P-V", phone: "13700000001" }),
    );
    expect(await waiting("payment_no", "P-V")).toBe(true);
    await hopline.send(
      event("v3", "placed", { order_no: "V-2", batch_no: "B-1" }),
      event("v4", "paid", { payment_no: "P-V2", batch_no: "B-1" }),
    );
    expect(await waiting("payment_no", "P-V2")).toBe(true);
    expect(await eventsOf("V-2")).toEqual(["v3"]);
  });

  it("compare keys exactly: case and separators do not link", async () => {
    await hopline.send(
      event("k1", "placed", { order_no: "K-1", payment_no: "P-K" }),
      event("k2", "paid", { payment_no: "p-k" }),
    );
    expect(await eventsOf("K-1")).toEqual(["k1"]);
    expect(await waiting("payment_no", "p-k")).toBe(true);
  });

  it("are answered with the journey: its keys, and records that share one", async () => {
    await hopline.send(
      event("l1", "placed", { order_no: "L-1", payment_no: "P-L" }),
      event("l2", "placed", { order_no: "L-2", payment_no: "P-L" }),
    );
    const { links } = await hopline.journey("L-1");
    const shared = links.find((link) => link.value === "P-L");
    expect(shared).toMatchObject({ type: "payment_no", relatedTotal: 1 });
    expect(shared?.related.map((each) => each.primary)).toEqual(["L-2"]);
  });
});

describe("a key seen beside more than 1,000 primaries", () => {
  const many = (prefix: string, count: number): readonly string[] =>
    Array.from({ length: count }, (_, index) => `${prefix}-${index}`);

  it("still links 1,000", async () => {
    await hopline.send(
      event("m1", "placed", { order_no: many("M", 1_000), payment_no: "P-M" }),
      event("m2", "paid", { payment_no: "P-M" }),
    );
    expect(await eventsOf("M-999")).toEqual(["m1", "m2"]);
  });

  it("stops linking at 1,001, and is answered tooCommon with its count and no journeys", async () => {
    await hopline.send(
      event("q1", "placed", { order_no: many("Q", 1_000), payment_no: "P-Q" }),
      event("q2", "paid", { payment_no: "P-Q" }),
      event("q3", "paid", { payment_no: "P-Q", waybill_no: "W-Q" }),
      event("q4", "shipped", { waybill_no: "W-Q" }),
    );
    expect(await eventsOf("Q-0")).toEqual(["q1", "q2", "q3", "q4"]);
    await hopline.send(event("q5", "placed", { order_no: "Q-LAST", payment_no: "P-Q" }));
    const { record, journeys } = await hopline.record("payment_no", "P-Q");
    expect(record).toMatchObject({ tooCommon: true, count: 1_001 });
    expect(journeys).toEqual([]);
    expect(await eventsOf("Q-0")).toEqual(["q1"]);
    expect(await eventsOf("Q-LAST")).toEqual(["q5"]);
    expect(await waiting("waybill_no", "W-Q")).toBe(true);
  });

  it("lets an event wait whose aliases lead to more than 1,000 together, though none of them does alone", async () => {
    await hopline.send(
      event("z1", "placed", { order_no: many("Z", 600), payment_no: "P-Z" }),
      event("z2", "placed", { order_no: many("Y", 401), waybill_no: "W-Z" }),
      event("z3", "paid", { payment_no: "P-Z", waybill_no: "W-Z" }),
      event("z4", "paid", { payment_no: "P-Z" }),
    );
    expect(await eventsOf("Z-1")).toEqual(["z1", "z4"]);
    expect(await eventsOf("Y-1")).toEqual(["z2"]);
  });
});
