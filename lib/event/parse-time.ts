const dayMs = 86_400_000;

/** Days from 1970-01-01 to a date of the Gregorian calendar; months from 1. */
const toDayNumber = (year: number, month: number, day: number): number => {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return (
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
  );
};

const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

const lengthOf = (year: number, month: number): number =>
  month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : (monthLengths[month - 1] ?? 0);

/** The number two digits make, or NaN. */
const two = (text: string, at: number): number => {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
};

/**
 * Epoch milliseconds of an RFC 3339 date-time; what is finer than a millisecond is cut. Null where the text is none.
 * Written by hand because Date.parse takes much that is not RFC 3339 and costs more.
 */
export const parseRfc3339 = (text: string): number | null => {
  const length = text.length;
  if (length < 20 || text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return null;
  if (text.charCodeAt(13) !== 58 || text.charCodeAt(16) !== 58) return null;
  const separator = text.charCodeAt(10);
  if (separator !== 84 && separator !== 116 && separator !== 32) return null;
  const year = two(text, 0) * 100 + two(text, 2);
  const month = two(text, 5);
  const day = two(text, 8);
  const hour = two(text, 11);
  const minute = two(text, 14);
  const second = two(text, 17);
  // Comparisons with NaN are false, so each is written to hold for good digits only.
  if (!(year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= lengthOf(year, month))) return null;
  if (!(hour <= 23 && minute <= 59 && second <= 60)) return null;

  let at = 19;
  let milliseconds = 0;
  if (text.charCodeAt(at) === 46) {
    at += 1;
    let scale = 100;
    const first = at;
    for (; at < length; at += 1) {
      const digit = text.charCodeAt(at) - 48;
      if (digit < 0 || digit > 9) break;
      if (scale >= 1) milliseconds += digit * scale;
      scale /= 10;
    }
    if (at === first) return null;
  }

  let offsetMinutes = 0;
  const zone = text.charCodeAt(at);
  if (zone === 90 || zone === 122) at += 1;
  else if (zone === 43 || zone === 45) {
    const offsetHour = two(text, at + 1);
    const offsetMinute = two(text, at + 4);
    if (!(offsetHour <= 23 && offsetMinute <= 59) || text.charCodeAt(at + 3) !== 58) return null;
    offsetMinutes = (zone === 45 ? -1 : 1) * (offsetHour * 60 + offsetMinute);
    at += 6;
  } else return null;
  if (at !== length) return null;

  const minuteOfDay = hour * 60 + minute - offsetMinutes;
  // A leap second exists only as the last of a day in UTC; it counts as the first of the next.
  if (second === 60 && (minuteOfDay + 1) % 1440 !== 0) return null;
  return toDayNumber(year, month, day) * dayMs + minuteOfDay * 60_000 + second * 1000 + milliseconds;
};

/** Whole epoch milliseconds of a `time` as sent (RFC 3339 text, or epoch milliseconds as a number); null where it is neither. */
export const parseTime = (value: unknown): number | null =>
  typeof value === "string" ? parseRfc3339(value) : typeof value === "number" ? Math.floor(value) : null;
