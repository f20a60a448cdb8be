import { translatorOf } from "#components/message/translator.ts";
import { durationText } from "#lib/time-text/duration-text.ts";
import { timeText, type Clock } from "#lib/time-text/time-text.ts";

/** Words, times and durations of the flows' pages; made on the server. */
export const flowViewOf = (clock: Clock) => ({
  t: translatorOf(clock.language, "flows"),
  states: translatorOf(clock.language, "state"),
  roles: translatorOf(clock.language, "shell"),
  clock,
  time: (at: number): string => timeText(at, clock),
  duration: (ms: number | null): string => (ms === null ? "–" : durationText(ms, clock.language)),
});

export type FlowView = ReturnType<typeof flowViewOf>;

/** A content hash as people compare them. */
export const shortVersion = (version: string): string => version.slice(0, 10);

/** The list of a flow's records, narrowed. */
export const recordsHref = (query: Readonly<Record<string, string>>): string =>
  `/journeys?${new URLSearchParams(query).toString()}`;
