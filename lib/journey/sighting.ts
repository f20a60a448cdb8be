import type { StepId } from "#lib/id/id.ts";
import { compareTexts } from "#lib/journey/compare-texts.ts";

/**
 * One event as facts name it: event time, source, id. A tuple because it is stored several times per journey.
 * Sightings are in a total order (time, source, id): that makes every "earliest" and "latest" independent of arrival.
 */
export type Sighting = readonly [at: number, source: string, id: string];

/** What else is kept of an event that settles; left out of the tuple where nothing holds. */
export interface SettlingNotes {
  /** Outcome `skipped`, or class `duplicate`. */
  readonly skipped?: true;
  /** Steps whose `when` this event does not meet. */
  readonly unmet?: readonly StepId[];
  /** Steps whose `when` can no longer be decided, because the text had been masked. */
  readonly unsure?: readonly StepId[];
}

/** An event that settles a step: a sighting with notes. */
export type Settling = readonly [at: number, source: string, id: string, notes?: SettlingNotes];

type AnySighting = Sighting | Settling;

export const compareSightings = (a: AnySighting, b: AnySighting): number =>
  a[0] - b[0] || compareTexts(a[1], b[1]) || compareTexts(a[2], b[2]);

export function earliest<S extends AnySighting>(a: S | undefined, b: S | undefined): S | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return compareSightings(b, a) < 0 ? b : a;
}

export function latest<S extends AnySighting>(a: S | undefined, b: S | undefined): S | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return compareSightings(b, a) > 0 ? b : a;
}

export const isSkipped = (settling: Settling): boolean => settling[3]?.skipped === true;
