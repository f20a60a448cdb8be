import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { latenciesOf } from "#lib/latency/journey-latencies.ts";
import { LatencySketch } from "#lib/latency/latency-sketch.ts";
import { percentileOf } from "#lib/latency/percentile.ts";
import { readVarints, writeVarints } from "#lib/latency/varint.ts";

const latency = fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 10_000_000_000 }));
const shares = [0, 0.01, 0.5, 0.95, 0.99, 1];
const sketchOf = (values: readonly number[]): LatencySketch => {
  const sketch = new LatencySketch();
  for (const value of values) sketch.add(value);
  return sketch;
};

describe("the latency sketch", () => {
  it("is within one percent of the exact percentile, for any values and share", () => {
    fc.assert(
      fc.property(fc.array(latency, { minLength: 1, maxLength: 300 }), (values) => {
        const sorted = Float64Array.from(values).toSorted();
        for (const share of shares) {
          const exact = percentileOf(sorted, share) ?? 0;
          expect(Math.abs((sketchOf(values).percentile(share) ?? -1) - exact)).toBeLessThanOrEqual(exact * 0.01 + 1e-9);
        }
      }),
    );
  });

  it("merges as if all values had gone into one, and comes back from its bytes", () => {
    const mixed = fc.array(fc.oneof(latency, fc.integer({ min: -1_000, max: -1 })), { maxLength: 100 });
    fc.assert(
      fc.property(mixed, mixed, (a, b) => {
        const merged = sketchOf(a);
        merged.merge(LatencySketch.fromBytes(sketchOf(b).toBytes()));
        const whole = sketchOf([...b, ...a]);
        expect(merged.toBytes()).toEqual(whole.toBytes());
        expect([merged.count, merged.skewedCount]).toEqual([whole.count, whole.skewedCount]);
        expect(merged.skewedCount).toBe([...a, ...b].filter((value) => value < 0).length);
      }),
    );
  });

  it("forgets values that are taken out again", () => {
    const sketch = sketchOf([5, 5, 700, -3]);
    for (const value of [700, -3, 5]) sketch.add(value, -1);
    expect(sketch.toBytes()).toEqual(sketchOf([5]).toBytes());
    sketch.add(5, -1);
    expect(sketch.isEmpty).toBe(true);
    expect(sketch.percentile(0.5)).toBeNull();
  });
});

describe("varints", () => {
  it("come back whatever their size", () => {
    fc.assert(
      fc.property(fc.array(fc.maxSafeNat()), (numbers) => {
        expect(readVarints(writeVarints(numbers))).toEqual(numbers);
      }),
    );
  });
});

describe("latencies of a journey", () => {
  const journey = { startedAt: 100, lastEventAt: 400, latencies: [{ hop: "a..b", at: 400, latencyMs: 30 }] };

  it("are those of its hops, and end to end only once it is completed", () => {
    expect(latenciesOf({ ...journey, state: "failed" })).toEqual(journey.latencies);
    const endToEnd = { hop: "end_to_end", at: 400, latencyMs: 300 };
    expect(latenciesOf({ ...journey, state: "completed_late" })).toEqual([...journey.latencies, endToEnd]);
    expect(latenciesOf({ ...journey, state: "completed", latencies: [...journey.latencies, endToEnd] })).toEqual([
      ...journey.latencies,
      endToEnd,
    ]);
  });
});
