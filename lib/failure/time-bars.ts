import { zoneOf, type Period } from "#lib/period/period.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

const widths = [5 * minuteMs, 15 * minuteMs, hourMs, 3 * hourMs, 6 * hourMs, dayMs, 7 * dayMs] as const;
const maxBars = 30;
/** Every zone's clock differs from UTC by a multiple of this. */
const quarterMs = 15 * minuteMs;

export interface TimeBars {
  readonly widthMs: number;
  /** Width to count by: each counted bucket lies in one bar whole. */
  readonly bucketMs: number;
  /** Start of each bar, oldest first; the last one ends where the period does. */
  readonly starts: readonly number[];
}

/** Start of the bar that a moment lies in: hours begin at full hours and days at midnight where the person is. */
const startOfBar = (at: number, widthMs: number, timeZone: string): number => {
  const zone = zoneOf(timeZone);
  const day = zone.dayOf(at);
  if (widthMs >= dayMs) {
    const days = widthMs / dayMs;
    return zone.startOf(Math.floor(day / days) * days);
  }
  const midnight = zone.startOf(day);
  return midnight + Math.floor((at - midnight) / widthMs) * widthMs;
};

/** Bars of a width that people count in, 30 at most (more only over very long periods). */
export function timeBars({ from, to }: Period, timeZone: string): TimeBars {
  const widthMs = widths.find((width) => (to - from) / width <= maxBars) ?? 7 * dayMs;
  const starts: number[] = [];
  let at = startOfBar(from, widthMs, timeZone);
  while (at < to) {
    starts.push(at);
    // a day with a changed clock is an hour longer or shorter: half a bar further lies in the next one all the same
    const next = startOfBar(at + widthMs * 1.5, widthMs, timeZone);
    at = next > at ? next : at + widthMs;
  }
  return { widthMs, bucketMs: Math.min(widthMs, quarterMs), starts };
}

/** Sums buckets into the bars that they lie in. */
export function sumIntoBars(
  { starts }: TimeBars,
  buckets: readonly { readonly at: number; readonly count: number }[],
): readonly number[] {
  const sums = starts.map(() => 0);
  let bar = 0;
  for (const { at, count } of buckets.toSorted((a, b) => a.at - b.at)) {
    while (bar + 1 < starts.length && at >= (starts[bar + 1] ?? Infinity)) bar += 1;
    sums[bar] = (sums[bar] ?? 0) + count;
  }
  return sums;
}
