import type { Calendar } from "#lib/calendar/calendar.ts";
import { createCnWorkdays } from "#lib/calendar/cn-workdays.ts";
import { parseCalendar } from "#lib/calendar/parse-calendar.ts";
import type { Calendars } from "#lib/journey/deadline.ts";
import type { Definitions } from "#lib/storage/definitions.ts";

/** Those that come with Hopline, and over them those of the flows folder, as the worker keeps them. */
export async function readCalendars(definitions: Definitions): Promise<Calendars> {
  const kept = await definitions.findSetting("calendars");
  const own = (Array.isArray(kept) ? kept : []).flatMap((raw: unknown) => parseCalendar(raw).calendar ?? []);
  return new Map([createCnWorkdays(), ...own].map((calendar): [string, Calendar] => [calendar.id, calendar]));
}
