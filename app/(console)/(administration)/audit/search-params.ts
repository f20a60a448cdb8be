import { z } from "zod";
import type { AuditQuestion } from "#components/audit/audit-view.ts";
import { parseRfc3339 } from "#lib/event/parse-time.ts";
import { parseLocalTime, presetPeriod, presets } from "#lib/period/period.ts";

const part = z.string().trim().min(1).max(512).optional().catch(undefined);
const schema = z.object({ by: part, action: part, range: part, from: part, to: part, cursor: part });
const nothing = {
  by: undefined,
  action: undefined,
  range: undefined,
  from: undefined,
  to: undefined,
  cursor: undefined,
};

interface Now {
  readonly now: number;
  readonly timeZone: string;
}

/** Filters of the address; a part that is no good is left out. */
export const askedAudit = (searchParams: unknown, clock: Now): AuditQuestion => {
  const { by, action, range, cursor, ...times } = schema.catch(nothing).parse(searchParams);
  const timeOf = (text: string | undefined): number | null =>
    text === undefined ? null : (parseLocalTime(text, clock.timeZone) ?? parseRfc3339(text));
  const [from, to] = [timeOf(times.from), timeOf(times.to)];
  const plain = {
    ...(by !== undefined && { by }),
    ...(action !== undefined && { action }),
    ...(cursor !== undefined && { cursor }),
  };
  if (from !== null || to !== null) {
    const span = { ...(from !== null && { from }), ...(to !== null && { to }) };
    const texts = Object.fromEntries(Object.entries(span).map(([name, at]) => [name, new Date(at).toISOString()]));
    return { given: { ...plain, ...texts }, range: "custom", period: span };
  }
  const preset = presets.find((each) => each === range);
  if (preset === undefined) return { given: plain, range: "any", period: {} };
  return { given: { ...plain, range: preset }, range: preset, period: presetPeriod(preset, clock) };
};
