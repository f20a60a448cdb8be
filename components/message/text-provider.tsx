"use client";

import { createContext, useContext, type ReactNode } from "react";
import { IntlProvider, useMessages } from "use-intl";
import type { ClientMessages, SettingsMessages } from "#components/message/client-messages.ts";
import type { Messages } from "#components/message/en.ts";
import type { Clock } from "#lib/time-text/time-text.ts";

const ClockContext = createContext<Clock>({ now: 0, timeZone: "UTC", language: "en" });

/** Texts and the person's clock for everything below; of the language in use, and only what browsers need. */
export const TextProvider = ({
  clock,
  messages,
  children,
}: {
  readonly clock: Clock;
  readonly messages: ClientMessages;
  readonly children: ReactNode;
}): ReactNode => (
  <ClockContext value={clock}>
    <IntlProvider locale={clock.language} messages={messages} now={new Date(clock.now)} timeZone={clock.timeZone}>
      {children}
    </IntlProvider>
  </ClockContext>
);

/** Texts of the settings and administration pages, beside those that every page has. */
export const SettingsTexts = ({
  messages,
  children,
}: {
  readonly messages: SettingsMessages;
  readonly children: ReactNode;
}): ReactNode => {
  const clock = useClock();
  const common = useMessages();
  return (
    <IntlProvider locale={clock.language} messages={{ ...common, ...messages }}>
      {children}
    </IntlProvider>
  );
};

/** Texts of one page, beside those that every page has. */
export const PageTexts = ({
  messages,
  children,
}: {
  readonly messages: Partial<Messages>;
  readonly children: ReactNode;
}): ReactNode => {
  const clock = useClock();
  const common = useMessages();
  return (
    <IntlProvider locale={clock.language} messages={{ ...common, ...messages }}>
      {children}
    </IntlProvider>
  );
};

/** Zone, language, and the moment the page was made on the server: the same there and here, so that nothing jumps. */
export const useClock = (): Clock => useContext(ClockContext);
