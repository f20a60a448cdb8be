import { translatorOf } from "#components/message/translator.ts";
import { joinZh } from "#lib/journey/zh.ts";
import { durationText } from "#lib/time-text/duration-text.ts";
import { timeText, zoneText, type Clock } from "#lib/time-text/time-text.ts";
import type { GroupLine } from "#lib/failure/failures-view.ts";

/** What failures are told with: the person's words and clock. Made on the server. */
export const failuresViewOf = (clock: Clock) => {
  const { language } = clock;
  const reasons = translatorOf(language, "reason");
  return {
    clock,
    t: translatorOf(language, "failures"),
    reasons,
    states: translatorOf(language, "state"),
    time: (at: number): string => timeText(at, clock),
    duration: (ms: number): string => durationText(ms, language),
    /** Behind a colon: full-width ones bring their own. */
    gap: language === "zh" ? "" : " ",
    /** A name to stand inside a text: in Chinese with a space where its Latin meets Han. */
    named: (name: string): string => (language === "zh" ? joinZh(joinZh("中", name), "中").slice(1, -1) : name),
    zone: zoneText(clock.timeZone, clock.now),
    /** A group in few plain words. */
    causeText: ({ reason, field }: Pick<GroupLine, "reason" | "field">): string =>
      field === null ? reasons(reason) : `${reasons(reason)} ${field}`,
    hopText: ({ fromName, stepName }: Pick<GroupLine, "fromName" | "stepName">): string =>
      stepName === null ? "" : fromName === null ? stepName : `${fromName} → ${stepName}`,
  };
};

export type View = ReturnType<typeof failuresViewOf>;
