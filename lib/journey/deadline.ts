import type { Duration, Step } from "#lib/flow/flow-version.ts";
import type { Origin } from "#lib/journey/origin.ts";

/** Adds a duration to a time, inside the named calendar where one is named. */
export type Calendars = (startMs: number, within: Duration, calendar: string | undefined) => number;

/** Epoch ms; late and overdue are strictly after it. */
export function deadlineOf(step: Step, origin: Origin, calendars: Calendars): number | undefined {
  if (step.within === undefined || (origin.kind !== "start" && origin.kind !== "step")) return undefined;
  return calendars(origin.at, step.within, step.calendar);
}
