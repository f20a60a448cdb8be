import { createTranslator } from "use-intl/core";
import type { Messages } from "#components/message/en.ts";
import { messagesOf } from "#components/message/messages-of.ts";
import type { Language } from "#lib/time-text/duration-text.ts";

/** Texts of a namespace for what is drawn on the server; they stay there. */
export const translatorOf = <Namespace extends keyof Messages>(language: Language, namespace: Namespace) =>
  createTranslator({ locale: language, messages: messagesOf(language), namespace });
