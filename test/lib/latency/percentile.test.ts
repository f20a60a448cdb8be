import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LatencySketch } from "#lib/latency/latency-sketch.ts";
import { percentileOf } from "#lib/latency/percentile.ts";

describe("percentiles", () => {
  it("give the median as everyone calculates it: the mean of the middle two of an even number", () => {
    expect(percentileOf([1, 2, 3, 10], 0.5)).toBe(2.5);
    expect(percentileOf([1, 2, 10], 0.5)).toBe(2);
    expect(percentileOf([7], 0.5)).toBe(7);
    expect(percentileOf([], 0.5)).toBeNull();
  });

  it("give the value that the share of values does not exceed, otherwise", () => {
    const values = Array.from({ length: 99 }, (_, index) => index + 1);
    expect(percentileOf(values, 0.95)).toBe(95);
    expect(percentileOf(values, 1)).toBe(99);
    expect(percentileOf([1, 2, 3], 0.99)).toBe(3);
  });

  it("are within one percent in the sketch, whatever the values", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 10_000_000 }), { minLength: 1, maxLength: 60 }),
        fc.constantFrom(0.5, 0.95, 0.99),
        (values, share) => {
          const sketch = new LatencySketch();
          for (const value of values) sketch.add(value);
          const exact =
            percentileOf(
              values.toSorted((a, b) => a - b),
              share,
            ) ?? Number.NaN;
          expect(Math.abs((sketch.percentile(share) ?? Number.NaN) - exact)).toBeLessThanOrEqual(exact * 0.01);
        },
      ),
    );
  });
});
