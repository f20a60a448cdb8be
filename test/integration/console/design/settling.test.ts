import { describe, expect, it } from "vitest";
import { evidenceKinds, sighting, statuses, stepOf, hoplineOf, type Sent } from "#test/support/hopline.ts";

const hopline = hoplineOf({
  "settling.yaml": `
flow: settling
record: { primary: order_no }
steps:
  - { id: placed, title: { en: Order centre, zh: 订单中心 }, system: settling-oms }
  - { id: posted, title: { en: Finance, zh: 财务 }, system: settling-finance, after: placed, within: 10s, owners: { provides: sales-ops, processes: integration, monitors: support } }
`,
});
const at = (step: string, order: string, when: string, more: Sent = {}): Sent =>
  sighting(hopline, "settling", step, order, when, more);

describe("a step is settled", () => {
  it.each(["create", "process", "settle", "send"])("by an ok event of operation %s", async (operation) => {
    await hopline.send(at("placed", `OP-${operation}`, "0s"), at("posted", `OP-${operation}`, "1s", { operation }));
    const journey = await hopline.journey(`OP-${operation}`);
    expect(journey.state).toBe("completed");
    expect(stepOf(journey, "posted")).toMatchObject({
      status: "settled",
      at: hopline.at("1s"),
      dueAt: hopline.at("10s"),
      attempts: 0,
    });
    expect(journey.hops).toContainEqual(
      expect.objectContaining({ from: "placed", to: "posted", latencyMs: 1_000, status: "settled", skewed: false }),
    );
    expect(journey.verdict).toMatchObject({ state: "completed", reason: null, step: null });
  });

  it("not by a receive, which leaves it pending or, once overdue, not_processed", async () => {
    await hopline.send(at("placed", "RECEIVED", "0s"), at("posted", "RECEIVED", "1s", { operation: "receive" }));
    await hopline.heartbeat("settling-posted", "1h");
    const journey = await hopline.journey("RECEIVED");
    expect(journey).toMatchObject({
      state: "overdue",
      verdict: { step: "posted", reason: "not_processed", since: hopline.at("10s") },
    });
    expect(evidenceKinds(journey)).toContain("received");
  });

  it("by the earliest settling event, whatever came first; others are repeats", async () => {
    await hopline.send(at("placed", "EARLIEST", "0s"), at("posted", "EARLIEST", "30s", { id: "e-2" }));
    expect((await hopline.journey("EARLIEST")).state).toBe("completed_late");
    await hopline.send(at("posted", "EARLIEST", "9s", { id: "e-1" }));
    const journey = await hopline.journey("EARLIEST");
    expect(journey.state).toBe("completed");
    expect(stepOf(journey, "posted").at).toBe(hopline.at("9s"));
    expect(journey.eventsTotal).toBe(3);
  });

  it("by a skipped event, and shown skipped when only skipped events settled it", async () => {
    await hopline.send(at("placed", "SKIPPED", "0s"), at("posted", "SKIPPED", "1s", { outcome: "skipped" }));
    expect(statuses(await hopline.journey("SKIPPED"))).toEqual({ placed: "settled", posted: "skipped" });
    await hopline.send(at("posted", "SKIPPED", "2s"));
    expect(statuses(await hopline.journey("SKIPPED"))).toEqual({ placed: "settled", posted: "settled" });
  });

  it("by a failed event of class duplicate, which counts as skipped", async () => {
    await hopline.send(
      at("placed", "DUPLICATE", "0s"),
      at("posted", "DUPLICATE", "1s", { outcome: "failed", error: { class: "duplicate" } }),
    );
    const journey = await hopline.journey("DUPLICATE");
    expect(journey.state).toBe("completed");
    expect(stepOf(journey, "posted").status).toBe("skipped");
  });

  it("late when its time is strictly after the deadline, and in time at the very deadline", async () => {
    await hopline.send(
      at("placed", "AT-DUE", "0s"),
      at("posted", "AT-DUE", "10s"),
      at("placed", "AFTER-DUE", "0s"),
      at("posted", "AFTER-DUE", "10s 1ms"),
    );
    expect(await hopline.journey("AT-DUE")).toMatchObject({ state: "completed" });
    const late = await hopline.journey("AFTER-DUE");
    expect(late).toMatchObject({ state: "completed_late", verdict: { reason: null, step: null } });
    expect(statuses(late)).toEqual({ placed: "settled", posted: "late" });
  });

  it("late even when only a skipped event settled it", async () => {
    await hopline.send(at("placed", "LATE-SKIP", "0s"), at("posted", "LATE-SKIP", "11s", { outcome: "skipped" }));
    expect(statuses(await hopline.journey("LATE-SKIP"))).toEqual({ placed: "settled", posted: "late" });
  });

  it("with times finer than a millisecond cut", async () => {
    await hopline.send(
      at("placed", "NANOS", "0s"),
      at("posted", "NANOS", "0s", { time: hopline.at("10s").replace("Z", "999999Z") }),
    );
    const journey = await hopline.journey("NANOS");
    expect(stepOf(journey, "posted")).toMatchObject({ status: "settled", at: hopline.at("10s") });
  });
});

describe("a failed attempt", () => {
  it("makes the step failed at once, before the deadline", async () => {
    const soon = (more: Sent): Sent => ({ ...more, time: Date.now() - 1_000 });
    await hopline.send(
      soon(at("placed", "FAIL-SOON", "0s")),
      soon(
        at("posted", "FAIL-SOON", "0s", {
          outcome: "failed",
          error: { class: "rejected", field: "amount", code: "FIN-203" },
        }),
      ),
    );
    const journey = await hopline.journey("FAIL-SOON");
    expect(journey).toMatchObject({
      state: "failed",
      verdict: { state: "failed", step: "posted", hop: "placed..posted", reason: "rejected", field: "amount" },
    });
    expect(stepOf(journey, "posted")).toMatchObject({ status: "failed", attempts: 1 });
    expect(evidenceKinds(journey)).toContain("attempt");
  });

  it("makes it failed after the deadline too, since the earliest failed event", async () => {
    const failed = { outcome: "failed", error: { class: "timeout" } };
    await hopline.send(
      at("placed", "FAIL-LATE", "0s"),
      at("posted", "FAIL-LATE", "20s", failed),
      at("posted", "FAIL-LATE", "30s", { ...failed, error: { class: "unreachable" } }),
    );
    const journey = await hopline.journey("FAIL-LATE");
    expect(journey.verdict).toMatchObject({
      state: "failed",
      reason: "unreachable",
      since: hopline.at("20s"),
      dueAt: hopline.at("10s"),
      owners: { provides: "sales-ops", processes: "integration", monitors: "support" },
    });
    expect(stepOf(journey, "posted").attempts).toBe(2);
  });

  it("is beaten by a settling event anywhere in time and stays as an attempt", async () => {
    await hopline.send(
      at("placed", "HEALED", "0s"),
      at("posted", "HEALED", "5s", { outcome: "failed", error: { class: "rejected" } }),
    );
    expect((await hopline.journey("HEALED")).state).toBe("failed");
    await hopline.send(at("posted", "HEALED", "2s"));
    const journey = await hopline.journey("HEALED");
    expect(journey.state).toBe("completed");
    expect(stepOf(journey, "posted")).toMatchObject({ status: "settled", at: hopline.at("2s"), attempts: 1 });
  });

  it("has the reason unknown_error without a class or with one nobody knows, and keeps its field", async () => {
    await hopline.send(
      at("placed", "NO-CLASS", "0s"),
      at("posted", "NO-CLASS", "1s", { outcome: "failed" }),
      at("placed", "ODD-CLASS", "0s"),
      at("posted", "ODD-CLASS", "1s", { outcome: "failed", error: { class: "kaboom", field: "amount" } }),
    );
    expect((await hopline.journey("NO-CLASS")).verdict).toMatchObject({ state: "failed", reason: "unknown_error" });
    expect((await hopline.journey("ODD-CLASS")).verdict).toMatchObject({
      state: "failed",
      reason: "unknown_error",
      field: "amount",
    });
  });

  it.each([
    "missing_field",
    "bad_format",
    "rejected",
    "timeout",
    "unreachable",
    "circuit_open",
    "conflict",
    "unauthorized",
  ])("of class %s is that reason", async (name) => {
    await hopline.send(
      at("placed", `CLASS-${name}`, "0s"),
      at("posted", `CLASS-${name}`, "1s", { outcome: "failed", error: { class: name, field: "tax_no" } }),
    );
    expect((await hopline.journey(`CLASS-${name}`)).verdict).toMatchObject({ reason: name, field: "tax_no" });
  });
});

describe("a retrying attempt", () => {
  it("alone never fails a step", async () => {
    const time = Date.now() - 1_000;
    await hopline.send(
      { ...at("placed", "RETRY-SOON", "0s"), time },
      { ...at("posted", "RETRY-SOON", "0s", { outcome: "retrying", error: { class: "timeout" } }), time },
    );
    const journey = await hopline.journey("RETRY-SOON");
    expect(journey).toMatchObject({ state: "in_progress", verdict: { reason: null, step: null } });
    expect(stepOf(journey, "posted")).toMatchObject({ status: "pending", attempts: 1 });
  });

  it("gives the reason once the step is overdue; the latest failed event goes first", async () => {
    await hopline.send(
      at("placed", "RETRY", "0s"),
      at("posted", "RETRY", "4s", { outcome: "retrying", error: { class: "timeout" } }),
      at("posted", "RETRY", "6s", { outcome: "retrying", error: { class: "circuit_open" } }),
    );
    await hopline.heartbeat("settling-posted", "1h");
    expect((await hopline.journey("RETRY")).verdict).toMatchObject({
      state: "overdue",
      reason: "circuit_open",
      since: hopline.at("10s"),
      dueAt: hopline.at("10s"),
    });
    await hopline.send(at("posted", "RETRY", "5s", { outcome: "failed", error: { class: "conflict" } }));
    expect((await hopline.journey("RETRY")).verdict).toMatchObject({
      state: "failed",
      reason: "conflict",
      since: hopline.at("5s"),
    });
  });
});

describe("the sentence", () => {
  it("names hop and owner role in Chinese and English and blames nobody", async () => {
    await hopline.send(at("placed", "SENTENCE", "0s"));
    await hopline.heartbeat("settling-posted", "1h");
    const { summary } = (await hopline.journey("SENTENCE")).verdict;
    for (const text of [summary.en, summary.zh]) expect(text).toContain("SENTENCE");
    expect(summary.en).toContain("Finance");
    expect(summary.zh).toContain("财务");
    expect(summary.zh).toContain("订单中心");
    expect(summary.en).toMatch(/sales-ops/iu);
    expect(summary.zh).toMatch(/sales-ops/iu);
    expect(summary.en).not.toMatch(/fault|blame|careless/iu);
  });
});

describe("healing", () => {
  it("takes an overdue journey to completed by a late arrival, judged by its event time", async () => {
    await hopline.send(at("placed", "HEAL", "0s"));
    await hopline.heartbeat("settling-posted", "1h");
    const broken = await hopline.journey("HEAL");
    expect(broken).toMatchObject({
      state: "overdue",
      verdict: { reason: "not_seen", dueAt: hopline.at("10s"), since: hopline.at("10s") },
    });
    expect(broken.verdict.lateByMs).toBeGreaterThan(60 * 60_000);
    await hopline.send(at("posted", "HEAL", "9s"));
    expect((await hopline.journey("HEAL")).state).toBe("completed");
  });

  it("starts a journey with its earliest event, at any step", async () => {
    await hopline.send(at("posted", "MIDDLE", "5s"));
    expect((await hopline.journey("MIDDLE")).startedAt).toBe(hopline.at("5s"));
    await hopline.send(at("placed", "MIDDLE", "1s"));
    expect(await hopline.journey("MIDDLE")).toMatchObject({
      startedAt: hopline.at("1s"),
      lastEventAt: hopline.at("5s"),
      state: "completed",
    });
  });
});
