import { createTranslator } from "use-intl/core";
import { recordMessages } from "#components/record/record-messages.ts";
import { durationText, type Language } from "#lib/time-text/duration-text.ts";
import { timeText, type Clock } from "#lib/time-text/time-text.ts";
import { joinZh } from "#lib/journey/zh.ts";

const translators = (language: Language) => {
  const made = { locale: language, messages: recordMessages(language) };
  return {
    record: createTranslator({ ...made, namespace: "record" }),
    journey: createTranslator({ ...made, namespace: "journey" }),
    fields: createTranslator({ ...made, namespace: "fields" }),
    state: createTranslator({ ...made, namespace: "state" }),
    casework: createTranslator({ ...made, namespace: "casework" }),
    compare: createTranslator({ ...made, namespace: "compare" }),
  };
};

type Translators = ReturnType<typeof translators>;

const known = new Map<Language, Translators>();

/** What a record is shown with: the person's words and clock. Made on the server; what it draws needs no script. */
export interface View extends Translators {
  readonly clock: Clock;
  /** A time or duration of an answer in words. */
  readonly time: (at: string | number) => string;
  readonly duration: (ms: number) => string;
  /** A name to stand inside a text: in Chinese with a space where its Latin meets Han. */
  readonly named: (name: string) => string;
}

export function viewOf(clock: Clock): View {
  const { language } = clock;
  const texts = known.get(language) ?? translators(language);
  known.set(language, texts);
  return {
    ...texts,
    clock,
    time: (at) => timeText(typeof at === "number" ? at : Date.parse(at), clock),
    duration: (ms) => durationText(ms, language),
    named: (name) => (language === "zh" ? joinZh(joinZh("中", name), "中").slice(1, -1) : name),
  };
}
