import type { Messages } from "#components/message/en.ts";
import { messagesOf } from "#components/message/messages-of.ts";
import type { Language } from "#lib/time-text/duration-text.ts";

/** Namespaces that components in the browser use; the others are used up on the server and not sent. */
export const clientNamespaces = ["access", "reason", "search", "shell", "state"] as const;

export type ClientMessages = Pick<Messages, (typeof clientNamespaces)[number]>;

/** Those that only the settings and administration pages use: sent with them. */
export const settingsNamespaces = ["dataSettings", "deadLetters", "settings", "sources", "tokens", "users"] as const;

export type SettingsMessages = Pick<Messages, (typeof settingsNamespaces)[number]>;

export const settingsMessages = (language: Language): SettingsMessages => {
  const { dataSettings, deadLetters, settings, sources, tokens, users } = messagesOf(language);
  return { dataSettings, deadLetters, settings, sources, tokens, users };
};

/** Those of one page, sent with it alone. */
export const pageNamespaces = ["first", "lookUp"] as const;

export const firstMessages = (language: Language): Pick<Messages, "first"> => {
  const { first } = messagesOf(language);
  return { first };
};

export const lookUpMessages = (language: Language): Pick<Messages, "lookUp"> => {
  const { lookUp } = messagesOf(language);
  return { lookUp };
};

export const clientMessages = (language: Language): ClientMessages => {
  const { access, reason, search, shell, state } = messagesOf(language);
  return { access, reason, search, shell, state };
};
