import type { Language } from "#lib/journey/language.ts";

/** Whose today it is. */
export interface Clock {
  /** Epoch ms. */
  readonly now: number;
  /** IANA zone. */
  readonly timeZone: string;
}

/** `10:02:11` today, `22 Nov 10:02` / `11-22 10:02` before, with the year where it is another. */
export function timeText(at: number, { now, timeZone }: Clock, language: Language): string {
  const [date, time] = localTime(at, timeZone);
  const [today] = localTime(now, timeZone);
  if (date === today) return time;
  const [year = "", month = "", day = ""] = date.split("-");
  const sameYear = today.startsWith(`${year}-`);
  const minutes = time.slice(0, 5);
  if (language === "zh") return sameYear ? `${month}-${day} ${minutes}` : `${date} ${minutes}`;
  const named = `${Number(day)} ${months[Number(month) - 1] ?? month}`;
  return sameYear ? `${named} ${minutes}` : `${named} ${year} ${minutes}`;
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Making a formatter costs a thousand times what using it does. */
const formatters = new Map<string, Intl.DateTimeFormat>();

/** `["2026-11-23", "10:02:11"]` on the wall clock of the zone. */
function localTime(at: number, timeZone: string): readonly [date: string, time: string] {
  let formatter = formatters.get(timeZone);
  if (formatter === undefined) {
    // Swedish writes dates as ISO 8601 does.
    formatter = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" });
    formatters.set(timeZone, formatter);
  }
  const [date = "", time = ""] = formatter.format(at).split(" ");
  return [date, time];
}
