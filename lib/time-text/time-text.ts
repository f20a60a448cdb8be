import type { Language } from "#lib/time-text/duration-text.ts";

/** Whose clock and words: the person's zone (IANA name) and language, and the moment the page was made. Times in epoch milliseconds. */
export interface Clock {
  readonly now: number;
  readonly timeZone: string;
  readonly language: Language;
}

interface Parts {
  readonly year: string;
  readonly month: string;
  readonly day: string;
  readonly hour: string;
  readonly minute: string;
  readonly second: string;
}

const formats = new Map<string, Intl.DateTimeFormat>();

const formatOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  formats.set(timeZone, made);
  return made;
};

const partsOf = (at: number, timeZone: string): Parts => {
  const found = new Map(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type as string, value]),
  );
  const part = (name: string): string => found.get(name) ?? "";
  return {
    year: part("year"),
    month: part("month"),
    day: part("day"),
    hour: part("hour"),
    minute: part("minute"),
    second: part("second"),
  };
};

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const dayText = ({ year, month, day }: Parts, language: Language, withYear: boolean): string => {
  if (language === "zh") return withYear ? `${year}-${month}-${day}` : `${month}-${day}`;
  const name = months[Number(month) - 1] ?? month;
  return withYear ? `${Number(day)} ${name} ${year}` : `${Number(day)} ${name}`;
};

/** `10:02:11` today, else `11-22 10:02` / `22 Nov 10:02`; of another year with the year. */
export const timeText = (at: number, { now, timeZone, language }: Clock): string => {
  const [then, today] = [partsOf(at, timeZone), partsOf(now, timeZone)];
  const sameDay = then.year === today.year && then.month === today.month && then.day === today.day;
  if (sameDay) return `${then.hour}:${then.minute}:${then.second}`;
  return `${dayText(then, language, then.year !== today.year)} ${then.hour}:${then.minute}`;
};

/** Everything there is to say, for titles and raw events: `2026-11-23 10:02:11.120`. */
export const fullTimeText = (at: number, timeZone: string): string => {
  const { year, month, day, hour, minute, second } = partsOf(at, timeZone);
  const thousandths = String(((at % 1_000) + 1_000) % 1_000).padStart(3, "0");
  return `${year}-${month}-${day} ${hour}:${minute}:${second}.${thousandths}`;
};

/** The zone as it is said once a page: `UTC+8 (Asia/Shanghai)`. */
export const zoneText = (timeZone: string, now: number): string => {
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone, timeZoneName: "shortOffset" }).formatToParts(now);
  const offset = parts.find(({ type }) => type === "timeZoneName")?.value.replace("GMT", "UTC") ?? "";
  return timeZone === "UTC" || offset === "" ? timeZone : `${offset} (${timeZone})`;
};
