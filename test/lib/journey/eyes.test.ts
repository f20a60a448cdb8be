import { describe, expect, it } from "vitest";
import { toSourceId } from "#lib/id/id.ts";
import { at, eventOf, judged, seenTo, versionOf } from "#test/support/journey-builder.ts";

const chain = versionOf({ placed: {}, posted: { after: "placed", within: 5, sources: ["finance-importer"] } });
const undeclared = versionOf({ placed: {}, posted: { after: "placed", within: 5 } });
const placed = eventOf({ t: 0, step: "placed" });
const now = at(3600);

describe("a step past its deadline", () => {
  it("is overdue only where every source of it has seen beyond the deadline", () => {
    const both = (a: number, b: number) =>
      judged(chain, [placed], { now, eyes: () => [seenTo(a, "a"), seenTo(b, "b")] }).state;
    expect([both(6, 6), both(6, 5), both(5, 6)]).toEqual(["overdue", "unknown", "unknown"]);
  });

  it("is unknown where a source has seen exactly up to the deadline: passed means strictly later", () => {
    expect(judged(chain, [placed], { now, eyes: () => [seenTo(5)] }).state).toBe("unknown");
    const justBeyond = { source: toSourceId("esb"), watermark: at(5) + 1, newestAt: at(5) + 1 };
    expect(judged(chain, [placed], { now, eyes: () => [justBeyond] }).state).toBe("overdue");
  });

  it("that can't be told names no lateness, and says since when which source is silent", () => {
    const { verdict } = judged(chain, [placed], { now, eyes: () => [seenTo(3, "finance-importer")] });
    expect(verdict).toMatchObject({
      state: "unknown",
      reason: "source_silent",
      step: "posted",
      since: at(5),
      dueAt: at(5),
      confidence: "low",
    });
    expect(verdict.lateByMs).toBeUndefined();
    expect(verdict.evidence.find(({ kind }) => kind === "watermark")).toMatchObject({
      at: at(3),
      ref: "source:finance-importer",
    });
  });

  it("that nothing ever reported is unknown", () => {
    const { verdict } = judged(undeclared, [placed], { now, eyes: () => [] });
    expect([verdict.state, verdict.reason]).toEqual(["unknown", "source_silent"]);
    expect(verdict.evidence.map(({ kind }) => kind)).toContain("never_reported");
    expect(verdict.summary.en).toContain("nothing has ever reported posted");
  });

  it("that nothing ever reported is not due before its deadline all the same", () => {
    expect(judged(undeclared, [placed], { now: at(5), eyes: () => [] }).state).toBe("in_progress");
  });

  it("with a declared source that never sent anything is unknown", () => {
    const { verdict } = judged(chain, [placed], {
      now,
      eyes: () => [{ source: toSourceId("finance-importer"), watermark: -Infinity }],
    });
    expect(verdict.reason).toBe("source_silent");
    expect(verdict.summary.en).toContain("source `finance-importer` has not sent anything yet");
  });

  it("asks for the sources of that step and of no other", () => {
    const asked: string[] = [];
    judged(chain, [placed], { now, eyes: (step) => (asked.push(step), [seenTo(9)]) });
    expect(asked).toEqual(["posted"]);
  });

  it("is never asked about before its deadline", () => {
    const asked: string[] = [];
    judged(chain, [placed], { now: at(5), eyes: (step) => (asked.push(step), []) });
    expect(asked).toEqual([]);
  });

  it("that is overdue on the word of a source believed to be alive is told with less confidence", () => {
    const believed = { source: toSourceId("esb"), watermark: now, newestAt: at(1), believedUntil: at(90_000) };
    expect(judged(chain, [placed], { now, eyes: () => [believed] }).verdict).toMatchObject({
      state: "overdue",
      confidence: "medium",
    });
  });
});

describe("when to judge again", () => {
  const wake = (...given: Parameters<typeof judged>) => judged(...given).wake;

  it("is the first millisecond after the next deadline", () => {
    const forked = versionOf({ placed: {}, a: { after: "placed", within: 50 }, b: { after: "placed", within: 20 } });
    expect(wake(forked, [placed], { now: at(1) })).toEqual({ at: at(20) + 1 });
  });

  it("is never for a completed journey, an optional step or one without deadline", () => {
    expect(wake(chain, [placed, eventOf({ t: 1, step: "posted" })])).toEqual({});
    const optional = versionOf({
      placed: {},
      paid: { after: "placed", within: 5, optional: true },
      posted: { after: "paid" },
    });
    expect(wake(optional, [placed], { now: at(1) })).toEqual({});
  });

  it("is when the silent source has seen beyond the deadline", () => {
    expect(wake(chain, [placed], { now, eyes: () => [seenTo(9, "b"), seenTo(3, "a")] })).toEqual({
      source: { source: "a", after: at(5) },
    });
  });

  it("is also when the step's sources change, where they are not declared", () => {
    expect(wake(undeclared, [placed], { now, eyes: () => [] })).toEqual({ step: "posted" });
    expect(wake(undeclared, [placed], { now, eyes: () => [seenTo(3, "a")] })).toEqual({
      step: "posted",
      source: { source: "a", after: at(5) },
    });
    expect(wake(undeclared, [placed], { now, eyes: () => [seenTo(9, "a")] })).toEqual({ step: "posted" });
  });

  it("is each of these where several steps can't be told", () => {
    const forked = versionOf({
      placed: {},
      a: { after: "placed", within: 5, sources: ["x"] },
      b: { after: "placed", within: 9, sources: ["y"] },
      c: { after: "placed", within: 9000 },
    });
    const eyes = (step: string) => [seenTo(1, step === "a" ? "x" : "y")];
    expect(wake(forked, [placed], { now, eyes })).toEqual({
      at: at(9000) + 1,
      source: { source: "x", after: at(5) },
      more: [{ source: { source: "y", after: at(9) } }],
    });
  });

  it("names a source once, for the first deadline it has to pass, and packs it with a step that waits", () => {
    const forked = versionOf({
      placed: {},
      a: { after: "placed", within: 9, sources: ["x"] },
      b: { after: "placed", within: 5, sources: ["x"] },
      c: { after: "placed", within: 7 },
    });
    const eyes = (step: string) => [seenTo(step === "c" ? 99 : 1, "x")];
    expect(wake(forked, [placed], { now, eyes })).toEqual({ source: { source: "x", after: at(5) }, step: "c" });
  });

  it("is when a source that is only believed stops being believed", () => {
    const believed = {
      source: toSourceId("finance-importer"),
      watermark: now,
      newestAt: at(1),
      believedUntil: at(90_000),
    };
    expect(wake(chain, [placed], { now, eyes: () => [believed] })).toEqual({ at: at(90_000) });
  });
});
