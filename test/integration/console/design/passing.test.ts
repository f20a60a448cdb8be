import { describe, expect, it } from "vitest";
import { evidenceKinds, sighting, statuses, stepOf, hoplineOf, type Sent } from "#test/support/hopline.ts";

const hopline = hoplineOf({
  "passed.yaml": `
flow: passed
record: { primary: order_no }
steps:
  - { id: a, system: passed-a }
  - { id: b, system: passed-b, after: a, within: 10s }
  - { id: c, system: passed-c, after: b, within: 10s }
  - { id: d, system: passed-d, after: c, within: 10s }
`,
  "strict.yaml": `
flow: strict
record: { primary: order_no }
steps:
  - { id: a, system: strict-a }
  - { id: b, system: strict-b, after: a, within: 10s, strict: true }
  - { id: c, system: strict-c, after: b, within: 10s }
`,
  "optional.yaml": `
flow: optional
record: { primary: order_no }
steps:
  - { id: a, system: optional-a }
  - { id: b, system: optional-b, after: a, within: 10s, optional: true }
  - { id: c, system: optional-c, after: b, within: 20s }
`,
  "optional-first.yaml": `
flow: optional-first
record: { primary: order_no }
steps:
  - { id: a, system: of-a, optional: true }
  - { id: b, system: of-b, after: a, within: 10s }
  - { id: x, system: of-x, optional: true }
`,
  "when.yaml": `
flow: when
record: { primary: order_no }
steps:
  - { id: a, system: when-a }
  - id: b
    system: when-b
    after: a
    within: 10s
    when: { type: object, properties: { attributes: { type: object, properties: { region: { const: east } }, required: [region] } }, required: [attributes] }
  - { id: c, system: when-c, after: b, within: 20s }
`,
  "any.yaml": `
flow: any
record: { primary: order_no }
steps:
  - { id: s, system: any-s }
  - { id: card, system: any-card, after: s, optional: true, within: 10s }
  - { id: cash, system: any-cash, after: s, optional: true, within: 10s }
  - { id: done, system: any-done, afterAny: [card, cash], within: 30s }
`,
  "any-required.yaml": `
flow: any-required
record: { primary: order_no }
steps:
  - { id: s, system: ar-s }
  - { id: card, system: ar-card, after: s, optional: true }
  - { id: cash, system: ar-cash, after: s }
  - { id: done, system: ar-done, afterAny: [card, cash], within: 30s }
`,
  "all.yaml": `
flow: all
record: { primary: order_no }
steps:
  - { id: a, system: all-a }
  - { id: b, system: all-b }
  - { id: both, system: all-both, after: [a, b], within: 10s }
`,
});
const at = (flow: string, step: string, order: string, when: string, more: Sent = {}): Sent =>
  sighting(hopline, flow, step, order, when, more);
const failed = { outcome: "failed", error: { class: "rejected" } };

describe("a required step that nothing settled", () => {
  it("is passed once a descendant settled, whatever attempts it shows", async () => {
    await hopline.send(
      at("passed", "a", "PASS", "0s"),
      at("passed", "b", "PASS", "2s", failed),
      at("passed", "d", "PASS", "1h"),
    );
    const journey = await hopline.journey("PASS");
    expect(journey).toMatchObject({ state: "completed", verdict: { reason: null } });
    expect(statuses(journey)).toEqual({ a: "settled", b: "passed", c: "passed", d: "settled" });
    expect(evidenceKinds(journey)).toContain("passed");
    expect(stepOf(journey, "b")).not.toHaveProperty("at");
    expect(stepOf(journey, "d")).not.toHaveProperty("dueAt");
  });

  it("is failed as long as no descendant settled", async () => {
    await hopline.send(
      at("passed", "a", "NOT-PASSED", "0s"),
      at("passed", "b", "NOT-PASSED", "2s", failed),
      at("passed", "c", "NOT-PASSED", "3s", { operation: "receive" }),
    );
    expect(statuses(await hopline.journey("NOT-PASSED"))).toMatchObject({ b: "failed", c: "pending" });
  });

  it("has no time when passed: what follows has no deadline, however long ago", async () => {
    await hopline.send(at("passed", "a", "NO-TIME", "0s"), at("passed", "c", "NO-TIME", "30m"));
    await hopline.heartbeat("passed-d", "1h");
    const journey = await hopline.journey("NO-TIME");
    expect(statuses(journey)).toEqual({ a: "settled", b: "passed", c: "settled", d: "overdue" });
    expect(stepOf(journey, "c")).not.toHaveProperty("dueAt");
    expect(stepOf(journey, "d").dueAt).toBe(hopline.at("30m 10s"));
  });

  it("is never passed when it is strict", async () => {
    await hopline.send(at("strict", "a", "STRICT", "0s"), at("strict", "c", "STRICT", "5s"));
    await hopline.heartbeat("strict-b", "1h");
    await hopline.send(at("strict", "b", "STRICT-OTHER", "1s"));
    const journey = await hopline.journey("STRICT");
    expect(journey).toMatchObject({ state: "overdue", verdict: { step: "b", reason: "not_seen" } });
    expect(statuses(journey)).toEqual({ a: "settled", b: "overdue", c: "settled" });
  });
});

describe("an optional step", () => {
  it("is looked through to its own predecessor while it has not settled", async () => {
    await hopline.send(at("optional", "a", "THROUGH", "0s"), at("optional", "c", "THROUGH", "20s"));
    const journey = await hopline.journey("THROUGH");
    expect(journey.state).toBe("completed");
    expect(stepOf(journey, "c").dueAt).toBe(hopline.at("20s"));
    expect(stepOf(journey, "b").status).toBe("not_expected");
  });

  it("is what the deadline counts from when it settled", async () => {
    await hopline.send(
      at("optional", "a", "FROM-B", "0s"),
      at("optional", "b", "FROM-B", "9s"),
      at("optional", "c", "FROM-B", "29s"),
    );
    const journey = await hopline.journey("FROM-B");
    expect(journey.state).toBe("completed");
    expect(stepOf(journey, "c").dueAt).toBe(hopline.at("29s"));
  });

  it("that did not happen is pending until a descendant settles, never overdue", async () => {
    await hopline.heartbeat("optional-b", "1h");
    await hopline.send(at("optional", "b", "SOMEBODY", "1s"), at("optional", "a", "PENDING", "0s"));
    expect(statuses(await hopline.journey("PENDING"))).toMatchObject({ a: "settled", b: "pending" });
  });

  it("that failed breaks the journey until a descendant settles", async () => {
    await hopline.send(at("optional", "a", "OPT-FAIL", "0s"), at("optional", "b", "OPT-FAIL", "1s", failed));
    expect(await hopline.journey("OPT-FAIL")).toMatchObject({
      state: "failed",
      verdict: { step: "b", reason: "rejected" },
    });
    await hopline.send(at("optional", "c", "OPT-FAIL", "9s"));
    const journey = await hopline.journey("OPT-FAIL");
    expect(journey.state).toBe("completed");
    expect(statuses(journey)).toEqual({ a: "settled", b: "not_expected", c: "settled" });
  });

  it("that came late makes completed_late", async () => {
    await hopline.send(
      at("optional", "a", "OPT-LATE", "0s"),
      at("optional", "b", "OPT-LATE", "10s 1ms"),
      at("optional", "c", "OPT-LATE", "15s"),
    );
    const journey = await hopline.journey("OPT-LATE");
    expect(journey.state).toBe("completed_late");
    expect(statuses(journey)).toEqual({ a: "settled", b: "late", c: "settled" });
  });

  it("standing first is looked through to the journey's start", async () => {
    await hopline.send(at("optional-first", "x", "START", "0s"));
    await hopline.heartbeat("optional-first-b", "1h");
    await hopline.send(at("optional-first", "b", "START-OTHER", "0s"));
    const journey = await hopline.journey("START");
    expect(journey).toMatchObject({ state: "overdue", verdict: { step: "b", dueAt: hopline.at("10s") } });
  });
});

describe("a step with when", () => {
  const east = { attributes: { region: "east" } };
  it("is expected when the predecessor's settling event matches", async () => {
    await hopline.send(at("when", "a", "EAST", "0s", east), at("when", "b", "EAST-OTHER", "0s"));
    await hopline.heartbeat("when-b", "1h");
    expect(await hopline.journey("EAST")).toMatchObject({ state: "overdue", verdict: { step: "b" } });
  });

  it("is not expected when it does not, and is looked through", async () => {
    await hopline.send(
      at("when", "a", "WEST", "0s", { attributes: { region: "west" } }),
      at("when", "c", "WEST", "20s 1ms"),
    );
    const journey = await hopline.journey("WEST");
    expect(journey.state).toBe("completed_late");
    expect(statuses(journey)).toEqual({ a: "settled", b: "not_expected", c: "late" });
    expect(stepOf(journey, "c").dueAt).toBe(hopline.at("20s"));
  });

  it("is never failed while not expected, and shown settled without a deadline if it settles", async () => {
    await hopline.send(
      at("when", "a", "WEST-2", "0s"),
      at("when", "b", "WEST-2", "1s", failed),
      at("when", "c", "WEST-2", "5s"),
    );
    expect(await hopline.journey("WEST-2")).toMatchObject({ state: "completed" });
    await hopline.send(at("when", "b", "WEST-2", "1h"));
    const journey = await hopline.journey("WEST-2");
    expect(stepOf(journey, "b")).toMatchObject({ status: "settled", at: hopline.at("1h"), attempts: 1 });
    expect(stepOf(journey, "b")).not.toHaveProperty("dueAt");
  });

  it("is expected while there is no settling event to read", async () => {
    await hopline.send(at("when", "b", "NO-A", "0s", failed));
    expect(await hopline.journey("NO-A")).toMatchObject({ state: "failed", verdict: { step: "b" } });
  });
});

describe("a step with several predecessors", () => {
  it("after all of them counts from the latest", async () => {
    await hopline.send(at("all", "a", "ALL", "0s"), at("all", "b", "ALL", "5s"), at("all", "both", "ALL", "15s"));
    const journey = await hopline.journey("ALL");
    expect(stepOf(journey, "both")).toMatchObject({ dueAt: hopline.at("15s"), status: "settled" });
  });

  it("has no deadline while one of them is missing", async () => {
    await hopline.send(at("all", "a", "ONE", "0s"), at("all", "both", "ONE-OTHER", "0s"));
    await hopline.heartbeat("all-both", "1h");
    const journey = await hopline.journey("ONE");
    expect(journey.state).toBe("in_progress");
    expect(stepOf(journey, "both")).toMatchObject({ status: "pending" });
  });

  it("afterAny counts from the first settled one", async () => {
    await hopline.send(
      at("any", "s", "ANY", "0s"),
      at("any", "cash", "ANY", "5s"),
      at("any", "card", "ANY", "8s"),
      at("any", "done", "ANY", "35s"),
    );
    const journey = await hopline.journey("ANY");
    expect(journey.state).toBe("completed");
    expect(stepOf(journey, "done").dueAt).toBe(hopline.at("35s"));
  });

  it("afterAny is looked through when none settled and every one is optional", async () => {
    await hopline.send(at("any", "s", "ANY-NONE", "0s"), at("any", "done", "ANY-NONE", "30s 1ms"));
    const journey = await hopline.journey("ANY-NONE");
    expect(journey.state).toBe("completed_late");
    expect(statuses(journey)).toEqual({ s: "settled", card: "not_expected", cash: "not_expected", done: "late" });
    expect(stepOf(journey, "done").dueAt).toBe(hopline.at("30s"));
  });

  it("afterAny is not looked through while one of them is required", async () => {
    await hopline.send(at("any-required", "s", "ANY-REQ", "0s"), at("any-required", "done", "ANY-REQ-OTHER", "0s"));
    await hopline.heartbeat("any-required-done", "1h");
    const journey = await hopline.journey("ANY-REQ");
    expect(journey.state).toBe("in_progress");
    expect(stepOf(journey, "done")).not.toHaveProperty("dueAt");
  });
});
