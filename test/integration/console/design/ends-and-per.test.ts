import { describe, expect, it } from "vitest";
import { evidenceKinds, sighting, statuses, stepOf, hoplineOf, type Sent } from "#test/support/hopline.ts";

const hopline = hoplineOf({
  "ends.yaml": `
flow: ends
record: { primary: order_no }
steps:
  - { id: a, system: ends-a }
  - { id: b, system: ends-b, after: a, within: 10s }
  - { id: c, system: ends-c, after: b, within: 10s }
  - { id: cancelled, system: ends-a, ends: true }
  - { id: refunded, system: ends-r, ends: true }
`,
  "per.yaml": `
flow: per
record: { primary: order_no, aliases: [waybill_no] }
steps:
  - { id: paid, system: per-paid }
  - { id: packed, system: per-packed, after: paid }
  - { id: shipped, system: per-shipped, after: paid, within: 1m, per: waybill_no }
  - { id: signed, system: per-signed, after: shipped, within: 1m, optional: true }
`,
});
const ends = (step: string, order: string, when: string, more: Sent = {}): Sent =>
  sighting(hopline, "ends", step, order, when, more);
const per = (step: string, order: string, when: string, waybills: readonly string[], more: Sent = {}): Sent =>
  sighting(hopline, "per", step, order, when, {
    keys: { order_no: order, ...(waybills.length > 0 && { waybill_no: waybills }) },
    ...more,
  });
const failed = { outcome: "failed", error: { class: "rejected" } };

describe("a step that ends the journey", () => {
  it("completes it: nothing is expected or overdue any more, and endedBy names it", async () => {
    await hopline.send(ends("a", "END", "0s"), ends("cancelled", "END", "5s"), ends("b", "OTHER", "0s"));
    await hopline.heartbeat("ends-b", "1h");
    const journey = await hopline.journey("END");
    expect(journey).toMatchObject({ state: "completed", endedBy: "cancelled", verdict: { reason: null } });
    expect(statuses(journey)).toEqual({
      a: "settled",
      b: "not_expected",
      c: "not_expected",
      cancelled: "settled",
      refunded: "not_expected",
    });
  });

  it("heals an overdue step, even when it comes after the deadline", async () => {
    await hopline.send(ends("a", "END-LATE", "0s"), ends("b", "OTHER", "0s"));
    await hopline.heartbeat("ends-b", "1h");
    expect((await hopline.journey("END-LATE")).state).toBe("overdue");
    await hopline.send(ends("cancelled", "END-LATE", "30m"));
    expect(await hopline.journey("END-LATE")).toMatchObject({ state: "completed", endedBy: "cancelled" });
  });

  it("is not there where its event failed: that is an attempt and breaks nothing", async () => {
    await hopline.send(
      ends("a", "END-FAIL", "0s"),
      ends("b", "END-FAIL", "1s"),
      ends("c", "END-FAIL", "2s"),
      ends("cancelled", "END-FAIL", "3s", failed),
    );
    const journey = await hopline.journey("END-FAIL");
    expect(journey.state).toBe("completed");
    expect(journey).not.toHaveProperty("endedBy");
    expect(stepOf(journey, "cancelled")).toMatchObject({ status: "not_expected", attempts: 1 });
  });

  it("is pending while the journey goes on and is never due", async () => {
    await hopline.send(ends("a", "END-OPEN", "0s"));
    const journey = await hopline.journey("END-OPEN");
    expect(stepOf(journey, "cancelled").status).toBe("pending");
    expect(stepOf(journey, "cancelled")).not.toHaveProperty("dueAt");
  });

  it("that came earliest counts when there are several", async () => {
    await hopline.send(
      ends("a", "END-TWO", "0s"),
      ends("cancelled", "END-TWO", "9s"),
      ends("refunded", "END-TWO", "8s"),
    );
    const journey = await hopline.journey("END-TWO");
    expect(journey).toMatchObject({ state: "completed", endedBy: "refunded" });
    expect(statuses(journey)).toMatchObject({ cancelled: "settled", refunded: "settled" });
  });

  it("leaves settled and passed steps as they are, and all others not_expected, failed ones too", async () => {
    await hopline.send(ends("a", "END-MIX", "0s"), ends("c", "END-MIX", "4s"), ends("cancelled", "END-MIX", "5s"));
    expect(statuses(await hopline.journey("END-MIX"))).toMatchObject({ a: "settled", b: "passed", c: "settled" });
    await hopline.send(
      ends("a", "END-FAILED", "0s"),
      ends("b", "END-FAILED", "1s", failed),
      ends("cancelled", "END-FAILED", "5s"),
    );
    expect(await hopline.journey("END-FAILED")).toMatchObject({ state: "completed", endedBy: "cancelled" });
    expect(statuses(await hopline.journey("END-FAILED"))).toMatchObject({ b: "not_expected" });
  });

  it("keeps the state completed although a step was late", async () => {
    await hopline.send(
      ends("a", "END-LATE-STEP", "0s"),
      ends("b", "END-LATE-STEP", "20s"),
      ends("cancelled", "END-LATE-STEP", "30s"),
    );
    expect(await hopline.journey("END-LATE-STEP")).toMatchObject({ state: "completed", endedBy: "cancelled" });
  });
});

describe("a step per waybill", () => {
  it("is settled when every waybill the journey has was settled there, at the latest time", async () => {
    await hopline.send(
      per("paid", "PER", "0s", []),
      per("packed", "PER", "1s", ["P1", "P2"]),
      per("shipped", "PER", "20s", ["P1"]),
      per("shipped", "PER", "30s", ["P2"]),
    );
    const journey = await hopline.journey("PER");
    expect(journey.state).toBe("completed");
    expect(stepOf(journey, "shipped")).toMatchObject({
      status: "settled",
      at: hopline.at("30s"),
      dueAt: hopline.at("1m"),
    });
  });

  it("is overdue while one is missing, and the verdict names the missing values, sorted", async () => {
    await hopline.send(
      per("paid", "PER-MISS", "0s", []),
      per("packed", "PER-MISS", "1s", ["M3", "M1", "M2"]),
      per("shipped", "PER-MISS", "20s", ["M2"]),
    );
    await hopline.heartbeat("per-shipped", "1h");
    const journey = await hopline.journey("PER-MISS");
    expect(journey.verdict).toMatchObject({ state: "overdue", step: "shipped", values: ["M1", "M3"] });
    expect(evidenceKinds(journey)).toContain("per");
    for (const value of ["M1", "M3"]) expect(journey.verdict.summary.en).toContain(value);
  });

  it("is late when the latest waybill was late", async () => {
    await hopline.send(
      per("paid", "PER-LATE", "0s", []),
      per("packed", "PER-LATE", "1s", ["L1", "L2"]),
      per("shipped", "PER-LATE", "20s", ["L1"]),
      per("shipped", "PER-LATE", "1m 1ms", ["L2"]),
    );
    expect(await hopline.journey("PER-LATE")).toMatchObject({ state: "completed_late" });
  });

  it("is settled by the first event where the journey has no waybill", async () => {
    await hopline.send(
      per("paid", "PER-NONE", "0s", []),
      per("shipped", "PER-NONE", "10s", []),
      per("shipped", "PER-NONE", "20s", []),
    );
    expect(stepOf(await hopline.journey("PER-NONE"), "shipped")).toMatchObject({
      status: "settled",
      at: hopline.at("10s"),
    });
  });

  it("is settled for all waybills by an ok that carries none", async () => {
    await hopline.send(
      per("paid", "PER-ALL", "0s", []),
      per("packed", "PER-ALL", "1s", ["A1", "A2"]),
      per("shipped", "PER-ALL", "10s", []),
    );
    expect((await hopline.journey("PER-ALL")).state).toBe("completed");
  });

  it("judges attempts per waybill", async () => {
    await hopline.send(
      per("paid", "PER-TRY", "0s", []),
      per("packed", "PER-TRY", "1s", ["T1", "T2"]),
      per("shipped", "PER-TRY", "5s", ["T1"], { ...failed, error: { class: "conflict" } }),
      per("shipped", "PER-TRY", "10s", ["T1"]),
    );
    await hopline.heartbeat("per-shipped", "1h");
    expect((await hopline.journey("PER-TRY")).verdict).toMatchObject({
      state: "overdue",
      reason: "not_seen",
      values: ["T2"],
    });
    await hopline.send(per("shipped", "PER-TRY", "11s", ["T2"], failed));
    expect((await hopline.journey("PER-TRY")).verdict).toMatchObject({
      state: "failed",
      reason: "rejected",
      values: ["T2"],
      since: hopline.at("11s"),
    });
  });

  it("with some of its waybills settled is not passed by a descendant", async () => {
    await hopline.send(
      per("paid", "PER-SOME", "0s", []),
      per("packed", "PER-SOME", "1s", ["S1", "S2"]),
      per("shipped", "PER-SOME", "10s", ["S1"]),
      per("signed", "PER-SOME", "20s", ["S1"]),
    );
    await hopline.heartbeat("per-shipped", "1h");
    expect(await hopline.journey("PER-SOME")).toMatchObject({
      state: "overdue",
      verdict: { step: "shipped", values: ["S2"] },
    });
  });

  it("with none of them settled is passed by a descendant", async () => {
    await hopline.send(
      per("paid", "PER-PASS", "0s", []),
      per("packed", "PER-PASS", "1s", ["N1"]),
      per("signed", "PER-PASS", "20s", []),
    );
    const journey = await hopline.journey("PER-PASS");
    expect(journey.state).toBe("completed");
    expect(statuses(journey)).toMatchObject({ shipped: "passed" });
  });

  it("counts the waybills that the journey's own events carry, of any step", async () => {
    await hopline.send(
      per("paid", "PER-SELF", "0s", []),
      per("packed", "PER-SELF", "1s", []),
      per("shipped", "PER-SELF", "10s", ["O1"]),
    );
    expect((await hopline.journey("PER-SELF")).state).toBe("completed");
    await hopline.send(per("signed", "PER-SELF", "20s", ["O2"]));
    await hopline.heartbeat("per-shipped", "1h");
    expect(await hopline.journey("PER-SELF")).toMatchObject({ state: "overdue", verdict: { values: ["O2"] } });
  });
});
