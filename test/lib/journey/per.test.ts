import { describe, expect, it } from "vitest";
import { at, eventOf, judged, statuses, versionOf } from "#test/support/journey-builder.ts";

const version = versionOf({
  placed: { sends: false },
  shipped: { after: "placed", within: 60, per: "waybill_no" },
  signed: { after: "shipped", within: 600 },
});
const placed = eventOf({ t: 0, step: "placed", waybills: ["W-2", "W-1"] });
const shipped = (t: number, waybills: readonly string[], more = {}) =>
  eventOf({ t, step: "shipped", waybills, ...more });

describe("a step per value", () => {
  it("is settled when every value the journey has was settled there, at the latest of their times", () => {
    const judgement = judged(version, [placed, shipped(10, ["W-1"]), shipped(30, ["W-2"]), shipped(40, ["W-1"])], {
      now: at(50),
    });
    expect(judgement.steps[1]).toMatchObject({ status: "settled", at: at(30) });
    expect(judgement.steps[2]?.dueAt).toBe(at(630));
  });

  it("is overdue with the missing values named and sorted", () => {
    const third = eventOf({ t: 1, step: "placed", waybills: ["W-0"] });
    const { verdict } = judged(version, [placed, third, shipped(10, ["W-1"])]);
    expect(verdict).toMatchObject({ state: "overdue", step: "shipped", values: ["W-0", "W-2"] });
    expect(verdict.evidence.map(({ kind }) => kind)).toContain("per");
  });

  it("knows the values its journey's events carry at any step", () => {
    const learnedLater = eventOf({ t: 20, step: "signed", operation: "receive", waybills: ["W-9"] });
    expect(judged(version, [placed, shipped(10, ["W-1", "W-2"]), learnedLater]).verdict.values).toEqual(["W-9"]);
  });

  it("is late where the last of them is", () => {
    expect(statuses(judged(version, [placed, shipped(10, ["W-1"]), shipped(61, ["W-2"])]))["shipped"]).toBe("late");
  });

  it("is settled for all values by an ok that carries none", () => {
    const { steps } = judged(version, [placed, shipped(10, ["W-1"]), eventOf({ t: 20, step: "shipped" })]);
    expect(steps[1]).toMatchObject({ status: "settled", at: at(20) });
  });

  it("is not settled for all values by a skipped event that carries none", () => {
    const skipped = eventOf({ t: 20, step: "shipped", outcome: "skipped" });
    expect(judged(version, [placed, skipped]).verdict.values).toEqual(["W-1", "W-2"]);
  });

  it("without any value in the journey is settled by its first event", () => {
    const plain = eventOf({ t: 0, step: "placed" });
    const events = [plain, eventOf({ t: 9, step: "shipped" }), eventOf({ t: 5, step: "shipped", outcome: "skipped" })];
    expect(judged(version, events).steps[1]).toMatchObject({ status: "settled", at: at(5) });
  });

  it("is skipped only where no value was settled by an ok", () => {
    const skipped = { outcome: "skipped" as const };
    expect(statuses(judged(version, [placed, shipped(1, ["W-1", "W-2"], skipped)]))["shipped"]).toBe("skipped");
    expect(statuses(judged(version, [placed, shipped(1, ["W-1"]), shipped(1, ["W-2"], skipped)]))["shipped"]).toBe(
      "settled",
    );
  });

  it("is not passed while some values are settled, and is where none is", () => {
    const signed = eventOf({ t: 90, step: "signed" });
    expect(judged(version, [placed, shipped(10, ["W-1"]), signed]).verdict).toMatchObject({
      state: "overdue",
      step: "shipped",
    });
    expect(statuses(judged(version, [placed, signed]))["shipped"]).toBe("passed");
  });

  it("judges attempts per value: one that healed is not held against the others", () => {
    const failed = shipped(5, ["W-1"], { outcome: "failed", error: { class: "timeout" } });
    const healed = judged(version, [placed, failed, shipped(10, ["W-1"])], { now: at(20) });
    expect([healed.state, healed.steps[1]?.attempts]).toEqual(["in_progress", 1]);
    const open = judged(version, [placed, failed, shipped(10, ["W-2"])], { now: at(20) });
    expect(open.verdict).toMatchObject({ state: "failed", reason: "timeout", values: ["W-1"], since: at(5) });
  });

  it("takes a failure without a value as one of whatever is missing", () => {
    const failed = eventOf({ t: 5, step: "shipped", outcome: "failed", error: { class: "conflict" } });
    expect(judged(version, [placed, failed, shipped(10, ["W-1"])], { now: at(20) }).verdict.reason).toBe("conflict");
    expect(judged(version, [placed, failed, shipped(10, ["W-1", "W-2"])], { now: at(20) }).state).toBe("in_progress");
  });

  it("says of a missing value what was received or sent of it, not of the others", () => {
    const sending = versionOf({ packed: {}, shipped: { after: "packed", within: 60, per: "waybill_no" } });
    const sent = (waybill: string) => eventOf({ t: 1, step: "packed", operation: "send", waybills: [waybill] });
    const both = eventOf({ t: 0, step: "packed", waybills: ["W-1", "W-2"] });
    const base = [both, shipped(9, ["W-1"])];
    expect(judged(sending, [...base, sent("W-1")]).verdict.reason).toBe("not_seen");
    expect(judged(sending, [...base, sent("W-2")]).verdict.reason).toBe("lost_in_transit");
    expect(judged(sending, [...base, shipped(5, ["W-1"], { operation: "receive" })]).verdict.reason).toBe("not_seen");
    expect(judged(sending, [...base, shipped(5, ["W-2"], { operation: "receive" })]).verdict.reason).toBe(
      "not_processed",
    );
  });
});
