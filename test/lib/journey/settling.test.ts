import { describe, expect, it } from "vitest";
import { operations } from "#lib/event/hop-event.ts";
import { at, eventOf, judged, statuses, versionOf } from "#test/support/journey-builder.ts";

const one = versionOf({ placed: { within: 60 } });
const chain = versionOf({ placed: {}, paid: { after: "placed", within: 60 }, posted: { after: "paid", within: 60 } });
const status = (...events: Parameters<typeof eventOf>[0][]): string =>
  judged(one, events.map(eventOf)).steps[0]?.status ?? "";

describe("a step is settled", () => {
  it.each(operations.filter((operation) => operation !== "receive"))("by an ok event of operation %s", (operation) => {
    expect(status({ t: 0, step: "placed", operation })).toBe("settled");
  });

  it("not by a receive alone", () => {
    const { state, verdict } = judged(one, [eventOf({ t: 0, step: "placed", operation: "receive" })]);
    expect([state, verdict.reason]).toEqual(["overdue", "not_processed"]);
  });

  it("by a skipped event, and then is skipped", () => {
    expect(status({ t: 0, step: "placed", outcome: "skipped" })).toBe("skipped");
  });

  it("and not skipped where any ok event settled it too", () => {
    expect(status({ t: 0, step: "placed", outcome: "skipped" }, { t: 5, step: "placed" })).toBe("settled");
  });

  it("by a failure of class duplicate, which counts as skipped", () => {
    expect(status({ t: 0, step: "placed", outcome: "failed", error: { class: "duplicate" } })).toBe("skipped");
  });

  it("at the time of the earliest settling event, later ones being repeats", () => {
    const { steps } = judged(one, [
      eventOf({ t: 30, step: "placed" }),
      eventOf({ t: 10, step: "placed" }),
      eventOf({ t: 20, step: "placed" }),
    ]);
    expect(steps[0]).toMatchObject({ status: "settled", at: at(10) });
  });

  it("by the source that comes first in the alphabet where two settle it at the same time", () => {
    const events = ["b", "a", "c"].map((source) => eventOf({ t: 10, step: "placed", source }));
    expect(judged(one, events).steps[0]?.source).toBe("a");
  });

  it("and late where its time is after the deadline, even if only skipped", () => {
    const events = [
      eventOf({ t: 0, step: "placed" }),
      eventOf({ t: 100, step: "paid", outcome: "skipped" }),
      eventOf({ t: 110, step: "posted" }),
    ];
    expect(statuses(judged(chain, events))).toMatchObject({ paid: "late", posted: "settled" });
  });

  it("on time at the very deadline and late one millisecond after", () => {
    const placed = eventOf({ t: 0, step: "placed" });
    const paid = (ms: number) => ({ ...eventOf({ t: 60, step: "paid" }), eventTime: at(60) + ms });
    expect(statuses(judged(chain, [placed, paid(0)]))["paid"]).toBe("settled");
    expect(statuses(judged(chain, [placed, paid(1)]))["paid"]).toBe("late");
  });

  it("by its event's time, not by its arrival", () => {
    const late = eventOf({ t: 10, step: "paid", ingestedAt: at(9000) });
    expect(statuses(judged(chain, [eventOf({ t: 0, step: "placed" }), late]))["paid"]).toBe("settled");
  });

  it("on time by an event from before its predecessor", () => {
    const events = [eventOf({ t: 10, step: "placed" }), eventOf({ t: 4, step: "paid" })];
    const { steps, hops } = judged(chain, events);
    expect(steps[1]?.status).toBe("settled");
    expect(hops[0]).toMatchObject({ from: "placed", to: "paid", latencyMs: -6000 });
  });
});

describe("attempts", () => {
  it("stay attempts once anything settles the step, before or after them", () => {
    for (const t of [5, 15]) {
      const events = [eventOf({ t: 10, step: "placed", outcome: "failed" }), eventOf({ t, step: "placed" })];
      expect(judged(one, events).steps[0]).toMatchObject({ status: "settled", at: at(t), attempts: 1 });
    }
  });

  it("that failed break the step at once, before its deadline", () => {
    const { state, verdict } = judged(
      chain,
      [eventOf({ t: 0, step: "placed" }), eventOf({ t: 1, step: "paid", outcome: "failed" })],
      { now: at(2) },
    );
    expect([state, verdict.step, verdict.since]).toEqual(["failed", "paid", at(1)]);
    expect(verdict.lateByMs).toBeUndefined();
  });

  it("that failed keep it failed after its deadline, whatever the sources have seen", () => {
    const events = [eventOf({ t: 0, step: "placed" }), eventOf({ t: 1, step: "paid", outcome: "failed" })];
    const { state, verdict } = judged(chain, events, { now: at(100), eyes: () => [] });
    expect([state, verdict.dueAt, verdict.lateByMs]).toEqual(["failed", at(60), 40_000]);
  });

  it("that failed at a step whose predecessor never came break it all the same", () => {
    expect(judged(chain, [eventOf({ t: 1, step: "posted", outcome: "failed" })], { now: at(2) }).verdict.step).toBe(
      "posted",
    );
  });

  it("that are retried break nothing, and give the reason once overdue", () => {
    const error = { class: "timeout" as const, field: "amount" };
    const events = [eventOf({ t: 0, step: "placed" }), eventOf({ t: 1, step: "paid", outcome: "retrying", error })];
    expect(judged(chain, events, { now: at(60) }).state).toBe("in_progress");
    expect(judged(chain, events, { now: at(61) }).verdict).toMatchObject({
      state: "overdue",
      reason: "timeout",
      field: "amount",
      since: at(60),
    });
  });
});

describe("a step that nobody reported", () => {
  const events = [eventOf({ t: 0, step: "placed" }), eventOf({ t: 500, step: "posted" })];

  it("is passed where a later step is settled, and counts as settled", () => {
    const { state, steps, verdict } = judged(chain, events);
    expect(state).toBe("completed");
    expect(steps[1]).toEqual({ id: "paid", system: "paid", status: "passed", attempts: 0 });
    expect(verdict.evidence.map(({ kind, ref }) => [kind, ref])).toContainEqual(["passed", "step:paid"]);
  });

  it("has no time when passed: what follows it has no deadline and is never late", () => {
    expect(judged(chain, events).steps[2]).toMatchObject({ status: "settled", at: at(500) });
    expect(judged(chain, events).steps[2]?.dueAt).toBeUndefined();
  });

  it("is passed whatever attempts it shows", () => {
    const failed = eventOf({ t: 1, step: "paid", outcome: "failed", error: { class: "timeout" } });
    expect(judged(chain, [...events, failed]).steps[1]).toMatchObject({ status: "passed", attempts: 1 });
  });

  it("is not passed by a later step that only failed or received", () => {
    const received = [eventOf({ t: 0, step: "placed" }), eventOf({ t: 5, step: "posted", operation: "receive" })];
    expect(statuses(judged(chain, received))).toMatchObject({ paid: "overdue", posted: "pending" });
  });

  it("is not passed where it is strict", () => {
    const strict = versionOf({
      placed: {},
      paid: { after: "placed", within: 60, strict: true },
      posted: { after: "paid", within: 60 },
    });
    const { state, verdict } = judged(strict, events);
    expect([state, verdict.step, verdict.reason]).toEqual(["overdue", "paid", "not_seen"]);
    expect(statuses(judged(strict, events))["posted"]).toBe("settled");
  });
});
