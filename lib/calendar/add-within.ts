import type { Calendar } from "#lib/calendar/calendar.ts";

/** No calendar rests this long; past it, a calendar without working days is no reason to search for ever. */
const longestRestDays = 400;

/**
 * When a duration that began at `startMs` is used up. Without a calendar that is a sum; with one, time runs on working days
 * only. The answer is the first instant at which the duration is used up: Friday 24:00, not Monday 00:00.
 * `Infinity` where the calendar never works again.
 */
export const addWithin = (startMs: number, durationMs: number, calendar?: Calendar): number => {
  if (calendar === undefined || durationMs <= 0) return startMs + durationMs;
  let left = durationMs;
  let rested = 0;
  for (let day = calendar.dayOf(startMs); rested <= longestRestDays; day += 1) {
    if (!calendar.isWorkday(day)) {
      rested += 1;
      continue;
    }
    rested = 0;
    const from = Math.max(startMs, calendar.startOf(day));
    const length = calendar.startOf(day + 1) - from;
    if (left <= length) return from + left;
    left -= length;
  }
  return Infinity;
};
