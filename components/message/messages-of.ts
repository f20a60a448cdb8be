import { en, type Messages } from "#components/message/en.ts";
import { zh } from "#components/message/zh.ts";
import type { Language } from "#lib/time-text/duration-text.ts";

export const messagesOf = (language: Language): Messages => (language === "zh" ? zh : en);

/** The `lang` of a page. */
export const htmlLanguageOf = (language: Language): string => (language === "zh" ? "zh-CN" : "en");
