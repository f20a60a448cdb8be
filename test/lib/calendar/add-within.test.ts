import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addWithin } from "#lib/calendar/add-within.ts";
import type { Calendar } from "#lib/calendar/calendar.ts";
import { createCnWorkdays } from "#lib/calendar/cn-workdays.ts";
import { parseCalendar } from "#lib/calendar/parse-calendar.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const cn = createCnWorkdays();

/** An instant as people in Shanghai read it. */
const at = (local: string): number => Date.parse(`${local.replace(" ", "T")}:00+08:00`);
const told = (instant: number): string => new Date(instant + 8 * hourMs).toISOString().slice(0, 16).replace("T", " ");
const end = (start: string, durationMs: number, calendar: Calendar = cn): string =>
  told(addWithin(at(start), durationMs, calendar));

const calendarOf = (raw: unknown): Calendar => {
  const parsed = parseCalendar(raw);
  if (parsed.calendar === undefined) throw new Error(parsed.problems.join("\n"));
  return parsed.calendar;
};

describe("a duration on working days", () => {
  it("is a plain sum without a calendar", () => {
    expect(addWithin(5, 7)).toBe(12);
  });

  it.each([
    // 2026-11-20 is a Friday.
    ["2026-11-20 00:00", dayMs, "2026-11-21 00:00"],
    ["2026-11-20 12:00", dayMs, "2026-11-23 12:00"],
    ["2026-11-20 23:00", hourMs, "2026-11-21 00:00"],
    ["2026-11-20 23:00", hourMs + 60_000, "2026-11-23 00:01"],
    ["2026-11-21 15:00", hourMs, "2026-11-23 01:00"],
    ["2026-11-16 00:00", 5 * dayMs, "2026-11-21 00:00"],
    ["2026-11-16 00:00", 6 * dayMs, "2026-11-24 00:00"],
    // National Day 2026: off from the 1st to the 7th, the Saturday after is worked.
    ["2026-09-30 12:00", dayMs, "2026-10-08 12:00"],
    ["2026-10-09 12:00", dayMs, "2026-10-10 12:00"],
    // Spring Festival 2025 and 2026.
    ["2025-01-27 12:00", dayMs, "2025-02-05 12:00"],
    ["2026-02-14 12:00", dayMs, "2026-02-24 12:00"],
    // No notice for 2027: New Year's Day is a Friday like any other.
    ["2026-12-31 12:00", dayMs, "2027-01-01 12:00"],
  ])("that begins %s and takes %d ms ends %s", (start, durationMs, expected) => {
    expect(end(start, durationMs)).toBe(expected);
  });

  it("of nothing ends where it begins, even on a day off", () => {
    expect(end("2026-11-21 15:00", 0)).toBe("2026-11-21 15:00");
  });

  it("never ends on a calendar without working days", () => {
    const never = calendarOf({ id: "never", timeZone: "Asia/Shanghai", weekend: [0, 1, 2, 3, 4, 5, 6], years: {} });
    expect(addWithin(0, 1, never)).toBe(Infinity);
  });

  it("ends at the first instant by which walking minute by minute has used it up", () => {
    const from = at("2026-09-18 00:00");
    const walk = (start: number, minutes: number): number => {
      let left = minutes;
      let now = start;
      for (; left > 0; now += 60_000) if (cn.isWorkday(cn.dayOf(now))) left -= 1;
      return now;
    };
    fc.assert(
      fc.property(fc.nat(30 * 1440), fc.nat(6 * 1440), (startMinute, minutes) => {
        const start = from + startMinute * 60_000;
        expect(addWithin(start, minutes * 60_000, cn)).toBe(walk(start, minutes));
      }),
      { numRuns: 60 },
    );
  });

  it("is used up later the longer it is and the later it begins", () => {
    const instant = fc.integer({ min: at("2025-01-01 00:00"), max: at("2027-12-31 00:00") });
    const duration = fc.nat(40 * dayMs);
    fc.assert(
      fc.property(instant, duration, instant, duration, (a, long, b, short) => {
        expect(addWithin(a, long, cn) <= addWithin(a, long + short, cn)).toBe(true);
        expect(addWithin(Math.min(a, b), long, cn) <= addWithin(Math.max(a, b), long, cn)).toBe(true);
        if (long > 0 && short > 0)
          expect(addWithin(addWithin(a, long, cn), short, cn)).toBe(addWithin(a, long + short, cn));
      }),
    );
  });
});

describe("a calendar's days", () => {
  it("follow daylight saving where the zone has it", () => {
    const berlin = calendarOf({ id: "de", timeZone: "Europe/Berlin", weekend: [0, 6], years: {} });
    const day = berlin.dayOf(Date.parse("2026-10-25T12:00:00Z"));
    expect(new Date(berlin.startOf(day)).toISOString()).toBe("2026-10-24T22:00:00.000Z");
    expect(berlin.startOf(day + 1) - berlin.startOf(day)).toBe(25 * hourMs);
    expect(berlin.isWorkday(day)).toBe(false);
  });

  it("hold every instant between their start and the next", () => {
    const zones = ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Kiritimati"].map(
      (timeZone) => calendarOf({ id: timeZone, timeZone, weekend: [], years: {} }),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2030, 0) }),
        (zone, instant) => {
          const day = zone.dayOf(instant);
          expect(zone.startOf(day) <= instant && instant < zone.startOf(day + 1)).toBe(true);
        },
      ),
    );
  });

  it("are refused with the reason where the file is wrong", () => {
    const file = { id: "x", timeZone: "Asia/Shanghai", weekend: [0, 6], years: {} };
    const problems = (change: object): readonly string[] => parseCalendar({ ...file, ...change }).problems ?? [];
    expect(problems({})).toEqual([]);
    expect(problems({ timeZone: "Mars/Base" })[0]).toMatch(/^timeZone: /);
    expect(problems({ weekend: [7] })[0]).toMatch(/^weekend\.0: /);
    expect(problems({ years: { 2026: { holidays: ["2026-02-30"], workdays: [] } } })[0]).toMatch(
      /^years\.2026\.holidays\.0: /,
    );
    expect(problems({ years: { 2026: { holidays: ["2025-01-01"], workdays: [] } } })).toEqual([
      "years.2026.holidays: 2025-01-01 is in another year",
    ]);
    expect(problems({ years: { 2026: { holidays: ["2026-01-01"], workdays: ["2026-01-01"] } } })).toEqual([
      "2026-01-01 is a holiday and a workday",
    ]);
  });
});
