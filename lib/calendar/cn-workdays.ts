import cnWorkdaysData from "#lib/calendar/cn-workdays.json" with { type: "json" };
import type { Calendar } from "#lib/calendar/calendar.ts";
import { parseCalendar } from "#lib/calendar/parse-calendar.ts";

/** Working days of mainland China as shipped; a file in the flows folder can replace it. */
export const createCnWorkdays = (): Calendar => {
  const parsed = parseCalendar(cnWorkdaysData);
  if (parsed.calendar === undefined) throw new Error(`cn-workdays.json: ${parsed.problems.join("; ")}`);
  return parsed.calendar;
};
