"use client";

import { createContext, useContext, type ReactNode } from "react";
import { IntlProvider } from "use-intl";
import { messagesOf } from "#components/message/messages-of.ts";
import type { Clock } from "#lib/time-text/time-text.ts";

const ClockContext = createContext<Clock>({ now: 0, timeZone: "UTC", language: "en" });

/** Texts and the person's clock for everything below. The texts come with the scripts, which browsers keep, and not with each page. */
export const TextProvider = ({
  clock,
  children,
}: {
  readonly clock: Clock;
  readonly children: ReactNode;
}): ReactNode => (
  <ClockContext value={clock}>
    <IntlProvider
      locale={clock.language}
      messages={messagesOf(clock.language)}
      now={new Date(clock.now)}
      timeZone={clock.timeZone}
    >
      {children}
    </IntlProvider>
  </ClockContext>
);

/** Zone, language, and the moment the page was made on the server: the same there and here, so that nothing jumps. */
export const useClock = (): Clock => useContext(ClockContext);
