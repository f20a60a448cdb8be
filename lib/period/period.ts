import { createTimeZone, type TimeZone } from "#lib/calendar/time-zone.ts";

const hourMs = 3_600_000;

/** Spans of time that end now, as addresses name them. */
export const presets = ["1h", "today", "24h", "7d"] as const;
export type Preset = (typeof presets)[number];

export interface Period {
  /** Epoch ms, from ≤ t < to. */
  readonly from: number;
  readonly to: number;
}

const zones = new Map<string, TimeZone>();

/** Days of a zone; the zones that people of one installation live in are few. */
export const zoneOf = (timeZone: string): TimeZone => {
  const zone = zones.get(timeZone) ?? createTimeZone(timeZone);
  if (zones.size > 100) zones.clear();
  zones.set(timeZone, zone);
  return zone;
};

/** The span up to now; today begins where the day does in the person's zone. */
export const presetPeriod = (
  preset: Preset,
  { now, timeZone }: { readonly now: number; readonly timeZone: string },
): Period => {
  const lengths: Readonly<Record<Exclude<Preset, "today">, number>> = {
    "1h": hourMs,
    "24h": 24 * hourMs,
    "7d": 168 * hourMs,
  };
  const to = now + 1;
  if (preset !== "today") return { from: now - lengths[preset], to };
  const zone = zoneOf(timeZone);
  return { from: zone.startOf(zone.dayOf(now)), to };
};

const localForm = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)$/u;

/** A time as a form's field writes it, `2026-11-23T10:02`, in the person's zone; null for anything else. */
export const parseLocalTime = (text: string, timeZone: string): number | null => {
  const parts = localForm.exec(text)?.slice(1).map(Number);
  if (parts === undefined) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = parts;
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || hour > 23 || minute > 59) return null;
  const guess = zoneOf(timeZone).startOf(date.getTime() / (24 * hourMs)) + hour * hourMs + minute * 60_000;
  // on a day on which clocks are changed, what stands on the clock is another hour than the hours passed
  const shown = localForm.exec(localTimeText(guess, timeZone))?.slice(1).map(Number) ?? [];
  return guess + ((hour - (shown[3] ?? hour)) * 60 + minute - (shown[4] ?? minute)) * 60_000;
};

/** The same the other way: what a form's field shows. */
export const localTimeText = (at: number, timeZone: string): string =>
  new Intl.DateTimeFormat("sv-SE", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  })
    .format(at)
    .replace(" ", "T");
