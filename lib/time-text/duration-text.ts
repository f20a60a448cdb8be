export type Language = "en" | "zh";

interface Unit {
  readonly ms: number;
  readonly en: string;
  readonly zh: string;
}

const units: readonly Unit[] = [
  { ms: 86_400_000, en: "d", zh: "天" },
  { ms: 3_600_000, en: "h", zh: "小时" },
  { ms: 60_000, en: "min", zh: "分" },
  { ms: 1_000, en: "s", zh: "秒" },
];

const wordsOf = (language: Language, count: number | string, unit: Pick<Unit, "en" | "zh">): string =>
  `${count} ${unit[language]}`;

/** Tenths where they say something: `6.7 s`, but `40 s` and `12 s`. */
const secondsOf = (ms: number, language: Language): string =>
  wordsOf(language, ms < 10_000 ? String(Math.round(ms / 100) / 10) : Math.round(ms / 1_000), { en: "s", zh: "秒" });

/**
 * A length of time as people say it, two units at most: `0 s`, `120 ms`, `6.7 s`, `6 min 40 s`, `3 h 18 min`, `2 d`; the smaller unit is
 * rounded. A negative length keeps its sign.
 */
export const durationText = (durationMs: number, language: Language): string => {
  if (durationMs < 0) return `−${durationText(-durationMs, language)}`;
  if (durationMs === 0) return wordsOf(language, 0, { en: "s", zh: "秒" });
  if (durationMs < 999.5) return wordsOf(language, Math.max(1, Math.round(durationMs)), { en: "ms", zh: "毫秒" });
  if (durationMs < 59_500) return secondsOf(durationMs, language);
  // find the larger unit after rounding to the smaller one, so that 59 min 59.9 s is 1 h and never 60 min
  for (const [index, unit] of units.entries()) {
    const smaller = units[index + 1];
    if (smaller === undefined) break;
    const rounded = Math.round(durationMs / smaller.ms) * smaller.ms;
    if (rounded < unit.ms) continue;
    const rest = Math.round((rounded % unit.ms) / smaller.ms);
    const whole = wordsOf(language, Math.floor(rounded / unit.ms), unit);
    return rest === 0 ? whole : `${whole} ${wordsOf(language, rest, smaller)}`;
  }
  return secondsOf(durationMs, language);
};
