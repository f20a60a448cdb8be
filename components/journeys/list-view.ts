import { translatorOf } from "#components/message/translator.ts";
import { timeText, zoneText, type Clock } from "#lib/time-text/time-text.ts";

/** What the list is told with: the person's words and clock. */
export const listViewOf = (clock: Clock) => ({
  clock,
  t: translatorOf(clock.language, "journeys"),
  reasons: translatorOf(clock.language, "reason"),
  states: translatorOf(clock.language, "state"),
  time: (at: number): string => timeText(at, clock),
  zone: zoneText(clock.timeZone, clock.now),
});

export type ListView = ReturnType<typeof listViewOf>;
