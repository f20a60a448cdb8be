import { z } from "zod";
import type { Calendar } from "#lib/calendar/calendar.ts";
import { createTimeZone } from "#lib/calendar/time-zone.ts";

const dayMs = 86_400_000;

const toDay = (date: string): number => Date.parse(`${date}T00:00:00Z`) / dayMs;

const date = z.iso.date();

const timeZone = z.string().refine((name) => {
  try {
    return createTimeZone(name) !== undefined;
  } catch {
    return false;
  }
}, "not an IANA time zone such as Asia/Shanghai");

const calendarFile = z.strictObject({
  id: z.string().min(1),
  timeZone,
  /** 0 is Sunday. */
  weekend: z.array(z.int().min(0).max(6)),
  /** Days off, and working days that would be off by the weekend rule, by year. A year not named has its weekends only. */
  years: z.record(
    z.string().regex(/^\d{4}$/),
    z.strictObject({ source: z.string().optional(), holidays: z.array(date), workdays: z.array(date) }),
  ),
});

export type ParsedCalendar =
  | { readonly calendar: Calendar; readonly problems?: never }
  | { readonly calendar?: never; readonly problems: readonly string[] };

/** A calendar from the parsed JSON of its data file (see README.md). */
export const parseCalendar = (raw: unknown): ParsedCalendar => {
  const parsed = calendarFile.safeParse(raw);
  if (!parsed.success) {
    return { problems: parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`) };
  }
  const { id, weekend, years } = parsed.data;
  const problems: string[] = [];
  const holidays = new Set<number>();
  const workdays = new Set<number>();
  for (const [year, days] of Object.entries(years)) {
    for (const [kind, dates, set] of [
      ["holidays", days.holidays, holidays],
      ["workdays", days.workdays, workdays],
    ] as const) {
      for (const one of dates) {
        if (!one.startsWith(year)) problems.push(`years.${year}.${kind}: ${one} is in another year`);
        set.add(toDay(one));
      }
    }
  }
  for (const day of workdays) {
    if (holidays.has(day))
      problems.push(`${new Date(day * dayMs).toISOString().slice(0, 10)} is a holiday and a workday`);
  }
  if (problems.length > 0) return { problems };
  const off = new Set(weekend);
  const zone = createTimeZone(parsed.data.timeZone);
  return {
    calendar: {
      id,
      ...zone,
      // 1970-01-01 was a Thursday.
      isWorkday: (day) => workdays.has(day) || (!holidays.has(day) && !off.has((((day + 4) % 7) + 7) % 7)),
    },
  };
};
