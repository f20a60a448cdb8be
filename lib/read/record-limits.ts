import type { LinkLimits } from "#lib/read/list-links.ts";

/** How much an answer tells of each journey. */
export interface RecordLimits {
  /** Less is told than a record of its own would: the answer says so. */
  readonly isBrief: boolean;
  /** Newest events that are shown, and that are read for what their keys tell. */
  readonly events: number;
  readonly eventsRead: number;
  /** Whether events have their payload and attributes. */
  readonly withContent: boolean;
  /** Values of one key type of an event. */
  readonly keyValues: number;
  readonly links: LinkLimits;
}

/** Up to so many journeys everything is told of each. */
const manyJourneys = 25;
/** Events and links of all journeys together, where they are more. */
const mostEvents = 5_000;
const mostLinks = 5_000;

const whole: RecordLimits = {
  isBrief: false,
  events: 200,
  eventsRead: 1_000,
  withContent: true,
  keyValues: Infinity,
  links: { keys: 200, related: 20 },
};

/** A key may lead to a thousand journeys of each flow: all are listed, and the answer stays of a size that can be sent and read. */
export function recordLimits(journeys: number): RecordLimits {
  if (journeys <= manyJourneys) return whole;
  const events = Math.max(1, Math.floor(mostEvents / journeys));
  return {
    isBrief: true,
    events,
    eventsRead: events,
    withContent: false,
    keyValues: 10,
    links: { keys: Math.max(2, Math.floor(mostLinks / journeys)), related: 3 },
  };
}
