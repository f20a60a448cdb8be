import { z } from "zod";
import type { FlowQuestion } from "#components/flows/flow-page.tsx";
import { parseRfc3339 } from "#lib/event/parse-time.ts";
import { parseLocalTime, presetPeriod, presets } from "#lib/period/period.ts";

const text = z.string().max(100).optional().catch(undefined);
const schema = z
  .object({ version: text, range: text, from: text, to: text })
  .catch({ version: undefined, range: undefined, from: undefined, to: undefined });

interface Now {
  readonly now: number;
  readonly timeZone: string;
}

export interface AskedFlow extends FlowQuestion {
  readonly version?: string;
}

const timeOf = (value: string | undefined, { timeZone }: Now): number | null =>
  value === undefined ? null : (parseLocalTime(value, timeZone) ?? parseRfc3339(value));

/** Version and span of time of the address; a part that is no good is left out. The last 24 hours where none is named. */
export const askedFlow = (searchParams: unknown, clock: Now): AskedFlow => {
  const { version, range, from, to } = schema.parse(searchParams);
  const shown = version !== undefined && /^[\w-]{4,100}$/.test(version) ? { version } : {};
  const [start, end] = [timeOf(from, clock), timeOf(to, clock)];
  if (start !== null && start < (end ?? clock.now)) {
    const period = { from: start, to: end ?? clock.now + 1 };
    const given = { from: new Date(start).toISOString(), ...(end !== null && { to: new Date(end).toISOString() }) };
    return { ...shown, given: { ...shown, ...given }, range: "custom", period };
  }
  const preset = presets.find((each) => each === range);
  const period = presetPeriod(preset ?? "24h", clock);
  return { ...shown, given: { ...shown, ...(preset && { range: preset }) }, range: preset ?? "24h", period };
};
