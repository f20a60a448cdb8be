import { describe, expect, it } from "vitest";
import type { CheckResult } from "#lib/contract/check-result.ts";
import { at, eventOf, judged, statuses, versionOf } from "#test/support/journey-builder.ts";

const version = versionOf({
  placed: {},
  paid: { after: "placed", within: 10, optional: true },
  posted: { after: "paid", within: 60 },
});
const placed = eventOf({ t: 0, step: "placed" });
const posted = eventOf({ t: 20, step: "posted" });
const failedPaid = eventOf({ t: 5, step: "paid", outcome: "failed", error: { class: "rejected" } });

describe("an optional step that did not happen", () => {
  it("is pending, whatever its deadline, and never overdue or unknown", () => {
    expect(statuses(judged(version, [placed], { now: at(50) }))).toMatchObject({ paid: "pending", posted: "pending" });
  });

  it("is not expected once a later step is settled, and never passed", () => {
    expect(statuses(judged(version, [placed, posted]))).toMatchObject({ paid: "not_expected" });
  });

  it("is not expected once the journey is complete", () => {
    const leaf = versionOf({ placed: {}, rated: { after: "placed", optional: true } });
    expect(statuses(judged(leaf, [placed]))).toEqual({ placed: "settled", rated: "not_expected" });
  });

  it("is retried without breaking anything", () => {
    const retried = eventOf({ t: 5, step: "paid", outcome: "retrying", error: { class: "timeout" } });
    expect(judged(version, [placed, retried], { now: at(50) }).state).toBe("in_progress");
  });
});

describe("an optional step that failed", () => {
  it("breaks the journey until a later step settles", () => {
    expect(judged(version, [placed, failedPaid]).verdict).toMatchObject({
      state: "failed",
      step: "paid",
      reason: "rejected",
    });
    const healed = judged(version, [placed, failedPaid, posted]);
    expect([healed.state, statuses(healed)["paid"], healed.steps[1]?.attempts]).toEqual([
      "completed",
      "not_expected",
      1,
    ]);
  });

  it("breaks it even where all required steps are settled, if nothing comes after it", () => {
    const leaf = versionOf({ placed: {}, rated: { after: "placed", optional: true } });
    expect(judged(leaf, [placed, eventOf({ t: 5, step: "rated", outcome: "failed" })]).state).toBe("failed");
  });
});

describe("an optional step that came late", () => {
  it("makes the journey complete late", () => {
    const events = [placed, eventOf({ t: 11, step: "paid" }), posted];
    expect(judged(version, events).state).toBe("completed_late");
  });
});

describe("a journey", () => {
  it("of optional steps only is complete with the first that settles, and under way without", () => {
    const all = versionOf({ a: { optional: true }, b: { optional: true } });
    expect(judged(all, [eventOf({ t: 0, step: "a" })]).state).toBe("completed");
    expect(judged(all, [eventOf({ t: 0, step: "a", operation: "receive" })]).state).toBe("in_progress");
  });
});

describe("a step with `when`", () => {
  const conditional = versionOf({
    placed: {},
    checked: { after: "placed", within: 10, when: "big" },
    posted: { after: "checked", within: 60 },
  });
  const placedWith = (result: CheckResult) => eventOf({ t: 0, step: "placed", checks: { big: result } });
  const no: CheckResult = { result: "breached", findings: [] };

  it("is not expected where the event its deadline counts from does not meet it", () => {
    const judgement = judged(conditional, [placedWith(no), eventOf({ t: 5, step: "posted" })]);
    expect([judgement.state, statuses(judgement)["checked"]]).toEqual(["completed", "not_expected"]);
  });

  it("is expected where it meets it", () => {
    expect(judged(conditional, [placedWith({ result: "ok" })]).verdict).toMatchObject({
      state: "overdue",
      step: "checked",
    });
  });

  it("is never failed when not expected", () => {
    const failed = eventOf({ t: 5, step: "checked", outcome: "failed" });
    expect(statuses(judged(conditional, [placedWith(no), failed], { now: at(6) }))["checked"]).toBe("not_expected");
  });

  it("is shown settled without a deadline where it settles though not expected", () => {
    const { steps, state } = judged(conditional, [
      placedWith(no),
      eventOf({ t: 500, step: "checked" }),
      eventOf({ t: 510, step: "posted" }),
    ]);
    expect(steps[1]).toMatchObject({ status: "settled", at: at(500) });
    expect([steps[1]?.dueAt, state]).toEqual([undefined, "completed"]);
  });

  it("is expected while there is no settling event to read", () => {
    expect(statuses(judged(conditional, [eventOf({ t: 0, step: "posted" })]))).toMatchObject({
      placed: "passed",
      checked: "passed",
    });
  });

  it("reads the earliest settling event of its predecessor, not a repeat", () => {
    const repeat = eventOf({ t: 3, step: "placed", checks: { big: { result: "ok" } } });
    expect(statuses(judged(conditional, [repeat, placedWith(no)]))["checked"]).toBe("not_expected");
  });

  it("reads through an optional predecessor what stands before it", () => {
    const further = versionOf({
      placed: {},
      paid: { after: "placed", optional: true },
      checked: { after: "paid", when: "big" },
    });
    expect(statuses(judged(further, [placedWith(no)]))["checked"]).toBe("not_expected");
  });

  it("that the masking no longer lets decide counts as expected, and says so", () => {
    const { verdict } = judged(conditional, [placedWith({ result: "unknown", fields: ["phone"] })]);
    expect(verdict).toMatchObject({ state: "overdue", step: "checked", confidence: "medium" });
    expect(verdict.evidence.map(({ ref }) => ref)).toContain("contract:big");
  });
});

describe("a step that ends the flow", () => {
  const ending = versionOf({
    placed: {},
    paid: { after: "placed", within: 10 },
    posted: { after: "paid", within: 60 },
    cancelled: { ends: true },
    refunded: { ends: true },
  });
  const cancelled = eventOf({ t: 30, step: "cancelled" });

  it("closes the journey: nothing is overdue any more and what had not settled is no longer expected", () => {
    const judgement = judged(ending, [placed, cancelled]);
    expect([judgement.state, judgement.endedBy, judgement.verdict.reason]).toEqual(["completed", "cancelled", null]);
    expect(statuses(judgement)).toEqual({
      placed: "settled",
      paid: "not_expected",
      posted: "not_expected",
      cancelled: "settled",
      refunded: "not_expected",
    });
  });

  it("is never due itself, pending until the journey completes, and a failed one breaks nothing", () => {
    const failed = eventOf({ t: 5, step: "cancelled", outcome: "failed" });
    const underWay = judged(ending, [placed, failed], { now: at(6) });
    expect([underWay.state, underWay.steps[3]]).toMatchObject(["in_progress", { status: "pending", attempts: 1 }]);
    const done = judged(ending, [placed, failed, eventOf({ t: 6, step: "paid" }), eventOf({ t: 7, step: "posted" })]);
    expect([done.state, statuses(done)["cancelled"]]).toEqual(["completed", "not_expected"]);
  });

  it("is the earliest of several", () => {
    expect(judged(ending, [placed, cancelled, eventOf({ t: 20, step: "refunded" })]).endedBy).toBe("refunded");
  });

  it("leaves failed steps no longer expected", () => {
    const judgement = judged(ending, [placed, eventOf({ t: 5, step: "paid", outcome: "failed" }), cancelled]);
    expect([judgement.state, statuses(judgement)["paid"]]).toEqual(["completed", "not_expected"]);
  });

  it("leaves settled and passed steps as they are, late ones too, and the state completed", () => {
    const late = judged(ending, [placed, eventOf({ t: 20, step: "paid" }), cancelled]);
    expect([late.state, statuses(late)["paid"]]).toEqual(["completed", "late"]);
    const passed = judged(ending, [placed, eventOf({ t: 20, step: "posted" }), cancelled]);
    expect(statuses(passed)).toMatchObject({ paid: "passed", posted: "settled" });
  });

  it("takes the deadline from what settles after it", () => {
    const { state, steps } = judged(ending, [placed, cancelled, eventOf({ t: 500, step: "paid" })]);
    expect([state, steps[1]?.status, steps[1]?.dueAt]).toEqual(["completed", "settled", undefined]);
  });
});
