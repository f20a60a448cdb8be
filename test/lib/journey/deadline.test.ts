import { describe, expect, it } from "vitest";
import type { Calendar } from "#lib/calendar/calendar.ts";
import { at, eventOf, judged, start, statuses, versionOf } from "#test/support/journey-builder.ts";

const chain = versionOf({ placed: {}, paid: { after: "placed", within: 60 } });
const placed = eventOf({ t: 0, step: "placed" });

describe("a deadline", () => {
  it("counts from the settled predecessor", () => {
    expect(judged(chain, [placed], { now: at(1) }).steps[1]).toMatchObject({ status: "pending", dueAt: at(60) });
  });

  it("counts from the journey's start where nothing precedes, and that is its earliest event at any step", () => {
    const version = versionOf({ placed: { within: 60 }, paid: {} });
    const events = [eventOf({ t: 100, step: "placed" }), eventOf({ t: 10, step: "paid", operation: "receive" })];
    const { steps, startedAt } = judged(version, events);
    expect([steps[0]?.dueAt, steps[0]?.status, startedAt]).toEqual([at(70), "late", at(10)]);
  });

  it("has passed strictly after it", () => {
    expect(judged(chain, [placed], { now: at(60) }).state).toBe("in_progress");
    expect(judged(chain, [placed], { now: at(60) + 1 }).state).toBe("overdue");
  });

  it("is none without `within`: such a step is never overdue", () => {
    const version = versionOf({ placed: {}, paid: { after: "placed" } });
    const { state, steps, wake } = judged(version, [placed], { now: at(9e6) });
    expect([state, steps[1]?.status, wake]).toEqual(["in_progress", "pending", {}]);
  });

  it("is none while its predecessor has not settled", () => {
    const version = versionOf({
      placed: {},
      paid: { after: "placed", within: 60 },
      posted: { after: "paid", within: 5 },
    });
    const judgement = judged(version, [placed]);
    expect(statuses(judgement)).toEqual({ placed: "settled", paid: "overdue", posted: "pending" });
    expect(judgement.steps[2]?.dueAt).toBeUndefined();
  });

  it("of `after: [a, b]` waits for all and counts from the latest", () => {
    const version = versionOf({ a: {}, b: {}, c: { after: ["a", "b"], within: 60 } });
    const a = eventOf({ t: 10, step: "a" });
    expect(judged(version, [a]).steps[2]?.dueAt).toBeUndefined();
    expect(judged(version, [a, eventOf({ t: 3, step: "b" })]).steps[2]?.dueAt).toBe(at(70));
  });

  it("of `afterAny` counts from the first that settled", () => {
    const version = versionOf({ a: {}, b: {}, c: { afterAny: ["a", "b"], within: 60 } });
    const a = eventOf({ t: 10, step: "a" });
    expect(judged(version, [a]).steps[2]?.dueAt).toBe(at(70));
    expect(judged(version, [a, eventOf({ t: 3, step: "b" })]).steps[2]?.dueAt).toBe(at(63));
  });

  it("runs only inside the step's calendar", () => {
    const day = 86_400_000;
    const restsFirst: Calendar = {
      id: "late-start",
      isWorkday: (each) => each !== Math.floor(start / day),
      dayOf: (instant) => Math.floor(instant / day),
      startOf: (each) => each * day,
    };
    const version = versionOf({ placed: {}, paid: { after: "placed", within: 60, calendar: "late-start" } });
    const { steps } = judged(version, [placed], { now: at(1), calendars: new Map([["late-start", restsFirst]]) });
    expect(steps[1]?.dueAt).toBe((Math.floor(start / day) + 1) * day + 60_000);
  });

  it("in a calendar nobody knows is none, rather than a wrong one", () => {
    const version = versionOf({ placed: {}, paid: { after: "placed", within: 60, calendar: "moon" } });
    expect(judged(version, [placed]).state).toBe("in_progress");
  });
});

describe("what is looked through", () => {
  const version = versionOf({
    placed: {},
    paid: { after: "placed", within: 900, optional: true },
    posted: { after: "paid", within: 5 },
  });

  it("is an optional predecessor that has not settled: the deadline counts from what stands before it", () => {
    expect(judged(version, [placed], { now: at(1) }).steps[2]?.dueAt).toBe(at(5));
    expect(judged(version, [placed]).verdict).toMatchObject({ step: "posted", hop: "placed..posted" });
  });

  it("is not an optional predecessor once it has settled", () => {
    expect(judged(version, [placed, eventOf({ t: 100, step: "paid" })], { now: at(101) }).steps[2]?.dueAt).toBe(
      at(105),
    );
  });

  it("leads to the journey's start past an optional first step", () => {
    const optionalFirst = versionOf({ placed: { optional: true }, paid: { after: "placed", within: 60 } });
    const { verdict } = judged(optionalFirst, [eventOf({ t: 7, step: "paid", operation: "receive" })]);
    expect([verdict.dueAt, verdict.hop]).toEqual([at(67), null]);
  });

  it("is a predecessor that is not expected", () => {
    const optionalCheck = versionOf({
      placed: {},
      checked: { after: "placed", when: "big", within: 10 },
      posted: { after: "checked", within: 5 },
    });
    const small = eventOf({ t: 0, step: "placed", checks: { big: { result: "breached", findings: [] } } });
    const judgement = judged(optionalCheck, [small], { now: at(1) });
    expect(statuses(judgement)["checked"]).toBe("not_expected");
    expect(judgement.steps[2]?.dueAt).toBe(at(5));
  });

  it("is `afterAny` only when every one of them is optional or not expected and none has settled or passed", () => {
    const steps = {
      placed: {},
      a: { after: "placed", optional: true },
      b: { after: "placed" },
      c: { afterAny: ["a", "b"], within: 60 },
    };
    expect(judged(versionOf(steps), [placed]).steps[3]?.dueAt).toBeUndefined();
    const allOptional = versionOf({ ...steps, b: { after: "placed", optional: true } });
    expect(judged(allOptional, [placed]).steps[3]?.dueAt).toBe(at(60));
    expect(judged(allOptional, [placed, eventOf({ t: 40, step: "b" })], { now: at(41) }).steps[3]?.dueAt).toBe(at(100));
  });

  it("is not a passed member of `afterAny`: it has no time, so there is no deadline", () => {
    const passing = versionOf({
      placed: {},
      a: { after: "placed" },
      b: { after: "placed", optional: true },
      c: { afterAny: ["a", "b"], within: 60 },
      d: { after: "a" },
    });
    const judgement = judged(passing, [placed, eventOf({ t: 5, step: "d" })]);
    expect(statuses(judgement)).toMatchObject({ a: "passed", c: "pending" });
  });
});
