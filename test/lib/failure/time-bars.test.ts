import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sumIntoBars, timeBars } from "#lib/failure/time-bars.ts";

const hour = 3_600_000;
const day = 24 * hour;
const noon = Date.UTC(2026, 10, 23, 4);

describe("bars over time", () => {
  it.each([
    [hour, 300_000, 12],
    [day, hour, 24],
    [7 * day, 6 * hour, 28],
    [30 * day, day, 30],
    [90 * day, 7 * day, 13],
  ])("over %d ms are %d ms wide", (lengthMs, widthMs, count) => {
    const bars = timeBars({ from: noon - lengthMs, to: noon }, "Asia/Shanghai");
    expect(bars.widthMs).toBe(widthMs);
    expect(bars.starts.length).toBeGreaterThanOrEqual(count);
    expect(bars.starts.length).toBeLessThanOrEqual(count + 1);
  });

  it("begin at midnight where the person is", () => {
    const { starts } = timeBars({ from: noon - 10 * day, to: noon }, "Asia/Shanghai");
    expect(starts.every((at) => (at + 8 * hour) % day === 0)).toBe(true);
    const half = timeBars({ from: noon - 20 * hour, to: noon }, "Asia/Kolkata").starts;
    expect(half.every((at) => (at + 5.5 * hour) % hour === 0)).toBe(true);
  });

  it("are a day each also where a clock is changed", () => {
    const from = Date.UTC(2026, 9, 20, 22);
    const { starts } = timeBars({ from, to: from + 8 * day }, "Europe/Berlin");
    const days = starts.map((at) =>
      new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Berlin", dateStyle: "short", timeStyle: "short" }).format(
        at,
      ),
    );
    expect(new Set(days).size).toBe(days.length);
    expect(days.filter((text) => text.endsWith("00:00")).length).toBeGreaterThanOrEqual(8);
  });

  it("hold every counted record once, whatever the period and the zone", () => {
    const zones = ["UTC", "Asia/Shanghai", "Asia/Kathmandu", "Europe/Berlin", "America/St_Johns"] as const;
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(2025, 0), max: Date.UTC(2027, 0) }),
        fc.integer({ min: 1, max: 120 * day }),
        fc.constantFrom(...zones),
        fc.array(fc.double({ min: 0, max: 0.999_999, noNaN: true }), { maxLength: 20 }),
        (from, length, zone, places) => {
          const bars = timeBars({ from, to: from + length }, zone);
          const buckets = places.map((place) => {
            const at = from + Math.floor(place * length);
            return { at: Math.floor(at / bars.bucketMs) * bars.bucketMs, count: 1 };
          });
          expect(bars.starts[0]).toBeLessThanOrEqual(from);
          expect(bars.starts.every((at, index) => index === 0 || at > (bars.starts[index - 1] ?? at))).toBe(true);
          expect(sumIntoBars(bars, buckets).reduce((sum, count) => sum + count, 0)).toBe(places.length);
        },
      ),
      { numRuns: 200 },
    );
  });
});
