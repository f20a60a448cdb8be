import { describe, expect, it } from "vitest";
import { parseLogTime } from "#ingest/import/parse-log-time.ts";

const shanghai = "Asia/Shanghai";

describe("times in event logs", () => {
  it("reads RFC 3339 with a space, an offset and six fraction digits", () => {
    expect(parseLogTime("2011-10-11 13:45:40.276000+02:00", shanghai)).toBe(Date.parse("2011-10-11T11:45:40.276Z"));
  });

  it("reads a wall-clock time in the given zone where no offset stands", () => {
    expect(parseLogTime("2026/11/23 10:02", shanghai)).toBe(Date.parse("2026-11-23T02:02:00Z"));
    expect(parseLogTime("2026-07-01 10:02:03", "Europe/Berlin")).toBe(Date.parse("2026-07-01T08:02:03Z"));
    expect(parseLogTime("2026-12-01 10:02:03", "Europe/Berlin")).toBe(Date.parse("2026-12-01T09:02:03Z"));
  });

  it("reads epoch seconds and milliseconds by their number of digits", () => {
    expect(parseLogTime("1764000000", shanghai)).toBe(1_764_000_000_000);
    expect(parseLogTime("1764000000123", shanghai)).toBe(1_764_000_000_123);
  });

  it("refuses what is no time, and days that no calendar has", () => {
    for (const text of ["", "soon", "2026-02-30 10:00", "2026-13-01", "10:02", "2026-01-01 25:00"]) {
      expect(parseLogTime(text, shanghai), text).toBeNull();
    }
  });
});
