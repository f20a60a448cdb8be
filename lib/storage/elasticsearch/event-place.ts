import type { EventPosition } from "#lib/storage/event-log.ts";
import { StorageError } from "#lib/storage/storage-error.ts";

/** Where an event stands in the log: in order of arrival, then of writers, then of each writer's sequence. */
export interface EventPlace {
  /** Epoch ms; never smaller than that of an event its writer took in before. */
  readonly arrivedAt: number;
  readonly writer: string;
  readonly sequence: number;
}

const POSITION = /^(\d{1,15})\/([a-z0-9-]{1,64})\/(\d{1,15})$/u;

/** The one place where a text becomes a position. */
export const toPosition = ({ arrivedAt, writer, sequence }: EventPlace): EventPosition =>
  `${arrivedAt}/${writer}/${sequence}` as EventPosition;

export const placeOf = (position: EventPosition): EventPlace => {
  const [, arrivedAt, writer, sequence] = POSITION.exec(position) ?? [];
  if (arrivedAt === undefined || writer === undefined || sequence === undefined)
    throw new StorageError("invalid_cursor", `"${position}" is no position in this event log`);
  return { arrivedAt: Number(arrivedAt), writer, sequence: Number(sequence) };
};
