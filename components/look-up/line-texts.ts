import type { createTranslator } from "use-intl/core";
import type { Messages } from "#components/message/en.ts";
import { joinZh } from "#lib/journey/zh.ts";
import type { LookUpLine } from "#lib/search/look-up-line.ts";
import { timeText, type Clock } from "#lib/time-text/time-text.ts";

type Translate<Name extends "lookUp" | "reason" | "state"> = ReturnType<typeof createTranslator<Messages, Name>>;

/** The words a line is told with, on a page and in a file. */
export interface LineWords {
  readonly lookUp: Translate<"lookUp">;
  readonly reason: Translate<"reason">;
  readonly state: Translate<"state">;
  readonly clock: Clock;
}

/** A line of the look-up in words. */
interface LineTexts {
  readonly state: string;
  /** Where the record is, or the hop it did not make. */
  readonly where: string;
  /** Empty where nothing is broken. */
  readonly why: string;
}

export const lineTexts = ({ record, missing }: LookUpLine, words: LineWords): LineTexts => {
  const { lookUp, reason, state } = words;
  if (record === null) {
    const where = missing === "loose" ? "loose" : missing === "too_common" ? "tooCommon" : "nothing";
    return { state: lookUp("missing"), where: lookUp(where), why: "" };
  }
  const why = record.reason === null ? "" : [reason(record.reason), record.field ?? ""].join(" ").trim();
  const word = state(record.state);
  return { state: record.isClosed ? `${word} · ${lookUp("closed")}` : word, where: whereOf(record, words), why };
};

function whereOf(
  { stepName, fromName, lastName, lastAt, nextName, state }: NonNullable<LookUpLine["record"]>,
  { lookUp: t, clock }: LineWords,
): string {
  const named = (name: string): string =>
    clock.language === "zh" ? joinZh(joinZh("中", name), "中").slice(1, -1) : name;
  if (stepName !== null) return fromName === null ? stepName : t("hop", { from: fromName, to: stepName });
  if (lastName === null || lastAt === null) return "";
  const step = named(lastName);
  const time = timeText(lastAt, clock);
  if (state !== "in_progress") return t("arrived", { step, time });
  return nextName === null ? t("at", { step, time }) : t("atNext", { step, time, next: named(nextName) });
}

/** For a chat: number, state, then the sentence, a line each. */
export const linesAsText = (lines: readonly LookUpLine[], words: LineWords): string =>
  lines
    .map((line) => {
      const { state, where } = lineTexts(line, words);
      return [line.shown, state, line.record?.summary ?? where].join(" · ");
    })
    .join("\n");
