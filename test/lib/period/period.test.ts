import { describe, expect, it } from "vitest";
import { localTimeText, parseLocalTime, presetPeriod } from "#lib/period/period.ts";

const now = Date.UTC(2026, 10, 23, 2, 30);
const hour = 3_600_000;

describe("a span that ends now", () => {
  it.each([
    ["1h", "Asia/Shanghai", now - hour],
    ["24h", "Asia/Shanghai", now - 24 * hour],
    ["7d", "Asia/Shanghai", now - 168 * hour],
    ["today", "Asia/Shanghai", Date.UTC(2026, 10, 22, 16)],
    ["today", "America/New_York", Date.UTC(2026, 10, 22, 5)],
    ["today", "UTC", Date.UTC(2026, 10, 23)],
  ] as const)("%s in %s begins where the person is", (preset, timeZone, from) => {
    expect(presetPeriod(preset, { now, timeZone })).toEqual({ from, to: now + 1 });
  });
});

describe("a time on the person's clock", () => {
  it.each([
    ["2026-11-23T10:02", "Asia/Shanghai", Date.UTC(2026, 10, 23, 2, 2)],
    ["2026-11-23T10:02", "UTC", Date.UTC(2026, 10, 23, 10, 2)],
    ["2026-07-01T00:00", "Europe/Berlin", Date.UTC(2026, 5, 30, 22)],
    // clocks go forward at 2:00 and back at 3:00
    ["2026-03-29T10:00", "Europe/Berlin", Date.UTC(2026, 2, 29, 8)],
    ["2026-10-25T10:00", "Europe/Berlin", Date.UTC(2026, 9, 25, 9)],
  ])("%s in %s is read and written back", (text, timeZone, at) => {
    expect(parseLocalTime(text, timeZone)).toBe(at);
    expect(localTimeText(at, timeZone)).toBe(text);
  });

  it.each(["", "2026-11-23", "2026-13-01T00:00", "2026-02-30T00:00", "2026-11-23T24:00", "2026-11-23T10:60", "now"])(
    "%j is none",
    (text) => {
      expect(parseLocalTime(text, "Asia/Shanghai")).toBeNull();
    },
  );
});
