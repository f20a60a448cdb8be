import type { Duration } from "#lib/flow/flow-version.ts";

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Ten years: longer ones are typing errors, and sums with them must stay exact. */
const longestMs = 3653 * 86_400_000;

/** `<integer>(ms|s|m|h|d)`; null for any other text. */
export const parseDuration = (text: string): Duration | null => {
  const match = /^(\d{1,15})(ms|s|m|h|d)$/.exec(text);
  const [, count = "", unit = ""] = match ?? [];
  const ms = Number(count) * (unitMs[unit] ?? Number.NaN);
  return match !== null && ms <= longestMs ? { text, ms } : null;
};
