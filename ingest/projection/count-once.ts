import type { Arrival } from "#lib/storage/event-log.ts";
import type { Unit } from "#lib/storage/projection.ts";

/** More writers than that counted in no unit at about the same time; only their newest events ever come again. */
const keptMarks = 200;

/** An event as it came to a unit: where several workers project, with its arrival, and the first version that has a step for it. */
export interface Countable {
  readonly arrival: Arrival | undefined;
  readonly firstVersion: string;
}

/**
 * The unit with these events counted, those left out that were counted before. Facts may be merged any number of times, `eventsTotal` may
 * not: a portion is projected again after a crash or a lost race, when part of it is written. A writer's events come to a unit in order of
 * their sequence, so the largest one counted says it all. Only matching kept events again breaks that order: what an earlier version had no
 * step for comes behind what it had one for. So each first version has marks of its own.
 */
export function countOnce<Some extends Pick<Unit, "eventsTotal" | "counted">>(
  unit: Some,
  events: readonly Countable[],
): Some {
  let { eventsTotal } = unit;
  let marks: Record<string, number> | null = null;
  for (const { arrival, firstVersion } of events) {
    if (arrival === undefined) {
      eventsTotal += 1;
      continue;
    }
    const mark = markOf(arrival, firstVersion);
    if (arrival.sequence <= (unit.counted?.[mark] ?? 0)) continue;
    eventsTotal += 1;
    marks ??= { ...unit.counted };
    marks[mark] = Math.max(marks[mark] ?? 0, arrival.sequence);
  }
  if (marks === null) return eventsTotal === unit.eventsTotal ? unit : { ...unit, eventsTotal };
  return { ...unit, eventsTotal, counted: newest(marks) };
}

/** Whether an event is in what was counted; of one whose mark has had to give way to newer ones that can't be told, and it was. */
export function isCounted({ counted = {} }: Pick<Unit, "counted">, { arrival, firstVersion }: Countable): boolean {
  if (arrival === undefined) return true;
  const mark = counted[markOf(arrival, firstVersion)];
  return mark === undefined ? Object.keys(counted).length >= keptMarks : arrival.sequence <= mark;
}

const markOf = ({ writer }: Arrival, firstVersion: string): string => `${writer}/${firstVersion.slice(0, 12)}`;

/** Writers are named by time, the newest sort last. */
const newest = (marks: Readonly<Record<string, number>>): Readonly<Record<string, number>> => {
  const entries = Object.entries(marks);
  return entries.length <= keptMarks
    ? marks
    : Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).slice(-keptMarks));
};
