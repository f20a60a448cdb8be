import { describe, expect, it } from "vitest";
import { toSourceId } from "#lib/id/id.ts";
import { arrivalSliceMs, ratePerMinute, type ArrivalSlice, type SourceProgress } from "#lib/source/source.ts";
import { stepSources } from "#lib/source/step-sources.ts";
import { neverHeard, watermarkOf } from "#lib/source/watermark.ts";
import { stepOf } from "#test/support/journey-builder.ts";

const source = toSourceId("finance-importer");
const progress = (more: Partial<SourceProgress>): SourceProgress => ({
  source,
  lastSeenAt: 10_000,
  acceptedTotal: 1,
  duplicateTotal: 0,
  rejectedTotal: 0,
  ...more,
});
const declared = (silentAfterMs: number, delayMs = 0) => ({ source, silentAfterMs, delayMs });

describe("the rate of a source", () => {
  const slice = (at: number, count: number): ArrivalSlice => ({ at: at * arrivalSliceMs, count });

  it("is what arrived in the last hour, a minute, and nothing where nothing came", () => {
    const now = 20 * arrivalSliceMs + 1;
    expect(ratePerMinute([slice(2, 900), slice(8, 60), slice(20, 120)], now)).toBe(3);
    expect(ratePerMinute([slice(2, 900)], now)).toBeNull();
    expect(ratePerMinute(undefined, now)).toBeNull();
  });
});

describe("the watermark of a source", () => {
  it("is its newest event or its last heartbeat, whichever is later", () => {
    expect(watermarkOf(progress({ newestEventAt: 500, heartbeatAt: 400 }), undefined, 9000)).toEqual({
      source,
      watermark: 500,
      newestAt: 500,
    });
    expect(watermarkOf(progress({ newestEventAt: 500, heartbeatAt: 700 }), undefined, 9000).watermark).toBe(700);
  });

  it("is not moved by arrival alone", () => {
    expect(watermarkOf(progress({ newestEventAt: 500, lastSeenAt: 8000 }), undefined, 9000).watermark).toBe(500);
  });

  it("is at now − delay while the source spoke less than `silentAfter` ago, and says how long that holds", () => {
    expect(watermarkOf(progress({ newestEventAt: 500 }), declared(1000, 20), 1499)).toEqual({
      source,
      watermark: 1479,
      newestAt: 500,
      believedUntil: 1500,
    });
    expect(watermarkOf(progress({ newestEventAt: 500 }), declared(1000, 20), 1500)).toEqual({
      source,
      watermark: 500,
      newestAt: 500,
    });
  });

  it("counts a heartbeat as speaking", () => {
    expect(watermarkOf(progress({ newestEventAt: 500, heartbeatAt: 900 }), declared(1000), 1800).watermark).toBe(1800);
  });

  it("is never lowered by `delay`", () => {
    expect(watermarkOf(progress({ newestEventAt: 500 }), declared(1000, 300), 600)).toEqual({
      source,
      watermark: 500,
      newestAt: 500,
    });
  });

  it("of a source that never spoke is at the beginning of time, declared or not", () => {
    expect(watermarkOf(progress({}), declared(1000), 100)).toEqual({ source, watermark: -Infinity });
    expect(neverHeard(source)).toEqual({ source, watermark: -Infinity });
  });
});

describe("the sources of a step", () => {
  const day = 86_400_000;
  const report = (name: string, newestEventAt: number) => ({ source: toSourceId(name), newestEventAt });

  it("are those declared on it, whoever reported it", () => {
    expect(stepSources(stepOf("posted", { sources: ["a", "b"] }), [report("z", 1)])).toEqual(["a", "b"]);
  });

  it("are else those that reported it within the 7 days before its newest event", () => {
    const reports = [report("new", 30 * day), report("edge", 23 * day), report("gone", 23 * day - 1)];
    expect(stepSources(stepOf("posted", {}), reports)).toEqual(["edge", "new"]);
  });

  it("are none where nothing ever reported it", () => {
    expect(stepSources(stepOf("posted", {}), [])).toEqual([]);
  });
});
