const written =
  /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/i;

/**
 * A time as event logs write it, in epoch ms: RFC 3339 and its looser kin (a space for the T, slashes, no seconds, an offset
 * without colon), or epoch seconds or milliseconds. Without an offset it is a wall-clock time in `timeZone`. null: not a time.
 */
export const parseLogTime = (text: string, timeZone: string): number | null => {
  const trimmed = text.trim();
  if (/^\d{10}(\.\d+)?$/.test(trimmed)) return Math.floor(Number(trimmed) * 1_000);
  if (/^\d{13}$/.test(trimmed)) return Number(trimmed);
  const parts = written.exec(trimmed);
  if (parts === null) return null;
  const [, year, month, day, hour = "0", minute = "0", second = "0", fraction = "", zone] = parts;
  const milliseconds = Number(fraction.padEnd(3, "0").slice(0, 3));
  const fields = [Number(year), Number(month), Number(day), Number(hour), Number(minute), Number(second)] as const;
  const wallClock = Date.UTC(fields[0], fields[1] - 1, fields[2], fields[3], fields[4], fields[5], milliseconds);
  if (!isSameWallClock(wallClock, fields)) return null;
  return zone === undefined ? wallClock - offsetAt(wallClock, timeZone) : wallClock - offsetOf(zone);
};

/** Date.UTC rolls 31 February over into March; a log that says so has a typing error, not a date. */
const isSameWallClock = (
  ms: number,
  [year, month, day, hour, minute, second]: readonly [number, number, number, number, number, number],
): boolean => {
  const date = new Date(ms);
  return (
    date.getUTCFullYear() === year &&
    date.getUTCMonth() === month - 1 &&
    date.getUTCDate() === day &&
    date.getUTCHours() === hour &&
    date.getUTCMinutes() === minute &&
    date.getUTCSeconds() === second
  );
};

const offsetOf = (zone: string): number => {
  if (/^(Z|UTC)$/i.test(zone)) return 0;
  const sign = zone.startsWith("-") ? -1 : 1;
  const digits = zone.replaceAll(/[^\d]/g, "");
  return sign * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2, 4))) * 60_000;
};

/** How far `timeZone` is ahead of UTC at that wall-clock time, in ms; the second look settles the hours around a clock change. */
const offsetAt = (wallClock: number, timeZone: string): number => {
  const first = zoneOffset(wallClock, timeZone);
  return zoneOffset(wallClock - first, timeZone);
};

const zoneOffset = (instant: number, timeZone: string): number => {
  const name = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" })
    .formatToParts(new Date(instant))
    .find((part) => part.type === "timeZoneName")?.value;
  const offset = name?.replace("GMT", "") ?? "";
  return offset === "" ? 0 : offsetOf(offset);
};
