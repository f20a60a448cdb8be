import { describe, expect, it } from "vitest";
import { toSourceId } from "#lib/id/id.ts";
import { at, contextOf, eventOf, factsOf, judged, statuses, versionOf } from "#test/support/journey-builder.ts";
import { nextDueAt } from "#lib/journey/next-due-at.ts";

const placed = eventOf({ t: 0, step: "placed" });
const fork = versionOf({
  placed: {},
  b: { after: "placed", within: 20 },
  a: { after: "placed", within: 20 },
  late: { after: "placed", within: 30 },
  after_b: { after: "b", within: 1 },
});

describe("the verdict", () => {
  it("names the broken step that no other broken step precedes", () => {
    const events = [placed, eventOf({ t: 1, step: "after_b", outcome: "failed" })];
    const judgement = judged(fork, events);
    expect(statuses(judgement)).toMatchObject({ after_b: "failed", b: "overdue", a: "overdue" });
    expect(judgement.verdict.step).toBe("b");
  });

  it("of several names the one broken longest, then the one declared first", () => {
    expect(judged(fork, [placed]).verdict.step).toBe("b");
    expect(judged(fork, [placed, eventOf({ t: 5, step: "late", outcome: "failed" })]).verdict).toMatchObject({
      step: "late",
      since: at(5),
    });
  });

  it("names a step that can't be told only where none is failed or overdue", () => {
    const silent = (step: string) =>
      step === "b" ? [] : [{ source: toSourceId("esb"), watermark: at(99), newestAt: at(99) }];
    expect(judged(fork, [placed], { eyes: silent }).verdict).toMatchObject({ state: "overdue", step: "a" });
    const settled = ["a", "late"].map((step) => eventOf({ t: 9, step }));
    expect(judged(fork, [placed, ...settled], { eyes: silent }).verdict).toMatchObject({ state: "unknown", step: "b" });
  });

  it("prefers a certain trouble below to an uncertain one above", () => {
    const events = [
      placed,
      ...["a", "late"].map((step) => eventOf({ t: 9, step })),
      eventOf({ t: 1, step: "after_b", outcome: "failed" }),
    ];
    expect(judged(fork, events, { eyes: () => [] }).verdict).toMatchObject({ state: "failed", step: "after_b" });
  });

  it("gives the journey the status of the step it names", () => {
    const { state, verdict } = judged(fork, [placed]);
    expect([state, verdict.state]).toEqual(["overdue", "overdue"]);
  });

  it("heals when what was missing comes", () => {
    const line = versionOf({ placed: {}, posted: { after: "placed", within: 5 } });
    expect(judged(line, [placed]).state).toBe("overdue");
    expect(judged(line, [placed, eventOf({ t: 4, step: "posted" })]).state).toBe("completed");
    const late = judged(line, [placed, eventOf({ t: 9, step: "posted" })]);
    expect(late.verdict).toMatchObject({
      state: "completed_late",
      reason: null,
      step: null,
      since: at(0),
      dueAt: at(5),
      lateByMs: 4000,
    });
  });

  it("of a journey without trouble has no reason, no step and no hop", () => {
    const line = versionOf({ placed: {}, posted: { after: "placed", within: 50 } });
    expect(judged(line, [placed], { now: at(1) }).verdict).toMatchObject({
      state: "in_progress",
      reason: null,
      step: null,
      hop: null,
      since: at(0),
    });
  });

  it("has the owners of its step; a role it does not name is that of the nearest step above", () => {
    const owned = versionOf({
      placed: { owners: { provides: "sales", processes: "shop", monitors: "support" } },
      paid: { after: "placed", owners: { processes: "integration" } },
      posted: { after: "paid", within: 5, owners: { monitors: "finance-desk" } },
    });
    const events = [placed, eventOf({ t: 1, step: "paid" })];
    expect(judged(owned, events).verdict.owners).toEqual({
      provides: "sales",
      processes: "integration",
      monitors: "finance-desk",
    });
  });

  it("rests on where the record was last seen and on what each source has seen", () => {
    const { evidence } = judged(fork, [placed]).verdict;
    expect(evidence.map(({ kind, ref }) => [kind, ref])).toEqual([
      ["last_seen", `event:esb/${placed.id}`],
      ["watermark", "source:esb"],
    ]);
  });
});

describe("a journey is complete", () => {
  const line = versionOf({ placed: {}, posted: { after: "placed", within: 5 }, archived: { after: "posted" } });

  it("when every expected required step is settled, and not before", () => {
    expect(judged(line, [placed, eventOf({ t: 3, step: "posted" })]).state).toBe("in_progress");
    expect(judged(line, [placed, eventOf({ t: 3, step: "posted" }), eventOf({ t: 4, step: "archived" })]).state).toBe(
      "completed",
    );
  });

  it("where its last step is settled and the others passed", () => {
    expect(judged(line, [eventOf({ t: 4, step: "archived" })]).state).toBe("completed");
  });
});

describe("hops", () => {
  const line = versionOf({
    placed: {},
    paid: { after: "placed", optional: true },
    posted: { after: "paid", within: 5 },
  });

  it("are the declared ones, and the one taken past a step that was looked through", () => {
    const { hops } = judged(line, [placed, eventOf({ t: 3, step: "posted" })]);
    expect(hops).toEqual([
      { from: "placed", to: "paid", status: "not_expected", skewed: false },
      { from: "paid", to: "posted", status: "settled", skewed: false },
      { from: "placed", to: "posted", latencyMs: 3000, status: "settled", skewed: false },
    ]);
  });

  it("know how long the record was in the queue where a send and a receive are known", () => {
    const events = [
      eventOf({ t: 0, step: "placed", operation: "send", to: "posted" }),
      eventOf({ t: 2, step: "posted", operation: "receive" }),
      eventOf({ t: 3, step: "posted" }),
    ];
    const direct = versionOf({ placed: {}, posted: { after: "placed" } });
    expect(judged(direct, events).hops).toMatchObject([{ latencyMs: 3000, queueMs: 2000 }]);
  });

  it("say that a clock lies where that was found, with a warning and less confidence", () => {
    const direct = versionOf({ placed: {}, posted: { after: "placed", within: 5 } });
    const { hops, warnings, verdict } = judged(direct, [placed], {
      skewMs: (hop) => (hop === "placed..posted" ? -2500 : null),
    });
    expect(hops).toMatchObject([{ skewed: true }]);
    expect(warnings).toMatchObject([{ kind: "clock_skew", hop: "placed..posted" }]);
    expect(warnings[0]?.text.en).toContain("2.5 s");
    expect(verdict.confidence).toBe("medium");
  });
});

describe("the next deadline", () => {
  const next = (version: Parameters<typeof factsOf>[0], ...events: Parameters<typeof eventOf>[0][]) =>
    nextDueAt(factsOf(version, events.map(eventOf)), version, contextOf().calendars);

  it("is the earliest of the open steps, passed or not", () => {
    expect(next(fork, { t: 0, step: "placed" })).toBe(at(20));
  });

  it("leaves out settled, failed, optional and passed steps", () => {
    const some = versionOf({
      placed: {},
      a: { after: "placed", within: 1 },
      b: { after: "placed", within: 2, optional: true },
      c: { after: "a", within: 7 },
    });
    expect(next(some, { t: 0, step: "placed" }, { t: 1, step: "a", outcome: "failed" })).toBeNull();
    expect(next(some, { t: 0, step: "placed" }, { t: 1, step: "a" })).toBe(at(8));
    expect(next(some, { t: 0, step: "placed" }, { t: 1, step: "c" })).toBeNull();
  });

  it("is none once the journey was closed", () => {
    const ending = versionOf({ placed: {}, a: { after: "placed", within: 1 }, cancelled: { ends: true } });
    expect(next(ending, { t: 0, step: "placed" }, { t: 9, step: "cancelled" })).toBeNull();
  });
});
