import { addWithin } from "#lib/calendar/add-within.ts";
import type { Calendar } from "#lib/calendar/calendar.ts";
import type { Step } from "#lib/flow/flow-version.ts";
import type { Origin } from "#lib/journey/origin.ts";

/** Calendars by the name that steps use. */
export type Calendars = ReadonlyMap<string, Calendar>;

/**
 * Epoch ms; late and overdue are strictly after it. None where the step has no `within`, nothing to count from, or a calendar that is not
 * known here or never works again: better no deadline than a wrong one.
 */
export function deadlineOf(step: Step, origin: Origin, calendars: Calendars): number | undefined {
  if (step.within === undefined || (origin.kind !== "start" && origin.kind !== "step")) return undefined;
  if (step.calendar === undefined) return addWithin(origin.at, step.within.ms);
  const calendar = calendars.get(step.calendar);
  const dueAt = calendar === undefined ? Infinity : addWithin(origin.at, step.within.ms, calendar);
  return Number.isFinite(dueAt) ? dueAt : undefined;
}
