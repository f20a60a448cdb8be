const dayMs = 86_400_000;

export interface TimeZone {
  dayOf(instant: number): number;
  startOf(day: number): number;
}

/** A zone that is always this far ahead of UTC. */
const fixedZone = (offsetMs: number): TimeZone => ({
  dayOf: (instant) => Math.floor((instant + offsetMs) / dayMs),
  startOf: (day) => day * dayMs - offsetMs,
});

/** Days of an IANA time zone, daylight saving included. Throws RangeError on a name that is none. */
export const createTimeZone = (name: string): TimeZone => {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: name,
    calendar: "gregory",
    hourCycle: "h23",
    era: "short",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  // China has had one offset since 1991: no need to ask for it each time.
  if (name === "Asia/Shanghai") return fixedZone(8 * 3_600_000);

  const offsetAt = (instant: number): number => {
    const parts = new Map(format.formatToParts(instant).map((part) => [part.type, Number(part.value)]));
    const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
    const local = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
    return local - Math.floor(instant / 1000) * 1000;
  };
  const dayOf = (instant: number): number => Math.floor((instant + offsetAt(instant)) / dayMs);
  const starts = new Map<number, number>();
  const findStart = (day: number): number => {
    // Offsets lie between −12 and +14 hours, and a day begins where the day number first is reached.
    let before = day * dayMs - 15 * 3_600_000;
    let after = day * dayMs + 13 * 3_600_000;
    while (after - before > 1) {
      const middle = Math.floor((before + after) / 2);
      if (dayOf(middle) >= day) after = middle;
      else before = middle;
    }
    return after;
  };
  return {
    dayOf,
    startOf: (day) => {
      const known = starts.get(day);
      if (known !== undefined) return known;
      const start = findStart(day);
      if (starts.size > 10_000) starts.clear();
      starts.set(day, start);
      return start;
    },
  };
};
