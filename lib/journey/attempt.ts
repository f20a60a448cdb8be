import type { ErrorClass, HopEvent } from "#lib/event/hop-event.ts";
import { compareSightings, type Sighting } from "#lib/journey/sighting.ts";

/** A failed or retrying event as far as a verdict needs it. */
export interface Attempt {
  readonly by: Sighting;
  /** Absent where the event named none. */
  readonly class?: ErrorClass;
  readonly field?: string;
  readonly code?: string;
  /** Cut short: the whole message stands in the raw event. */
  readonly message?: string;
  readonly point?: string;
}

/** Facts are stored per journey and merged often: texts from outside must not make them large. In UTF-16 units. */
const maxTextLength = 160;

/** Cuts without halving a surrogate pair. */
function cut(text: string): string {
  if (text.length <= maxTextLength) return text;
  const end = text.codePointAt(maxTextLength - 2) ?? 0;
  return `${text.slice(0, end > 0xff_ff ? maxTextLength - 2 : maxTextLength - 1)}…`;
}

export function toAttempt(event: HopEvent, by: Sighting): Attempt {
  const { error, point } = event;
  const attempt: { -readonly [K in keyof Attempt]: Attempt[K] } = { by };
  if (error !== undefined) {
    attempt.class = error.class;
    if (error.field !== undefined) attempt.field = cut(error.field);
    if (error.code !== undefined) attempt.code = cut(error.code);
    if (error.message !== undefined) attempt.message = cut(error.message);
  }
  if (point !== undefined) attempt.point = cut(point);
  return attempt;
}

export function latestAttempt(a: Attempt | undefined, b: Attempt | undefined): Attempt | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return compareSightings(b.by, a.by) > 0 ? b : a;
}
