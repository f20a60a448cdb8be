/**
 * Which whole days count. Days are numbered from 1970-01-01 in the calendar's own time zone.
 * All instants are epoch milliseconds.
 */
export interface Calendar {
  readonly id: string;
  isWorkday(day: number): boolean;
  /** The day an instant falls on. */
  dayOf(instant: number): number;
  /** The first instant of a day; the end of a day is the start of the next. */
  startOf(day: number): number;
}
