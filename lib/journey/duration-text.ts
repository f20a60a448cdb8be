import type { Language } from "#lib/journey/language.ts";

const units: Readonly<Record<Language, readonly [ms: string, s: string, min: string, h: string, d: string]>> = {
  en: ["ms", "s", "min", "h", "d"],
  zh: ["毫秒", "秒", "分", "小时", "天"],
};

/** `120 ms`, `6.7 s`, `39 min 25 s`, `3 h 18 min`, `2 d 3 h`: cut, never rounded up, two units at most. */
export function durationText(durationMs: number, language: Language): string {
  const [ms, s, min, h, d] = units[language];
  const whole = Math.abs(durationMs);
  if (whole < 1000) return `${whole} ${ms}`;
  const seconds = Math.floor(whole / 1000);
  if (seconds < 60) return `${Math.floor(whole / 100) / 10} ${s}`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return twoUnits(minutes, min, seconds % 60, s);
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return twoUnits(hours, h, minutes % 60, min);
  return twoUnits(Math.floor(hours / 24), d, hours % 24, h);
}

const twoUnits = (large: number, largeUnit: string, small: number, smallUnit: string): string =>
  small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
