const SEGMENT_FILE = /^(\d{4}-\d{2}-\d{2}-\d{4,})\.db$/;
const NUMBER_DIGITS = 4;

/** `2026-11-23-0001`: day of arrival (UTC) and number within it. Names grow with arrival as plain text. */
export const segmentNameOf = (file: string): string | null => SEGMENT_FILE.exec(file)?.[1] ?? null;

export const dayOf = (arrivedAt: number): string => new Date(arrivedAt).toISOString().slice(0, "2026-11-23".length);

/** The name after `last` for a segment begun on `day`; days never go back, even when the clock does. */
export const nextSegmentName = (day: string, last: string | null): string => {
  const lastDay = last?.slice(0, day.length) ?? "";
  if (last === null || day > lastDay) return `${day}-${"1".padStart(NUMBER_DIGITS, "0")}`;
  const number = Number(last.slice(day.length + 1)) + 1;
  return `${lastDay}-${String(number).padStart(NUMBER_DIGITS, "0")}`;
};
