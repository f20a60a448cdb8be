import type { EventPosition } from "#lib/storage/event-log.ts";
import { StorageError } from "#lib/storage/storage-error.ts";

/** A position in this store: segment and number of the event in it. Grows with arrival as plain text. */
interface EventPlace {
  readonly segment: string;
  readonly event: number;
}

const POSITION = /^(\d{4}-\d{2}-\d{2}-\d{4,})\/(\d{6,})$/;
const NUMBER_DIGITS = 6;

/** The one place where a text becomes a position. */
export const toPosition = (place: EventPlace): EventPosition =>
  `${place.segment}/${String(place.event).padStart(NUMBER_DIGITS, "0")}` as EventPosition;

export const placeOf = (position: string): EventPlace => {
  const [, segment, event] = POSITION.exec(position) ?? [];
  if (segment === undefined || event === undefined) {
    throw new StorageError("invalid_cursor", `"${position}" is no position in this event log`);
  }
  return { segment, event: Number(event) };
};
