"use client";

import type { ReactNode } from "react";
import { useClock } from "#components/message/text-provider.tsx";
import { fullTimeText, timeText } from "#lib/time-text/time-text.ts";

const msOf = (at: number | string): number => (typeof at === "number" ? at : Date.parse(at));

/** A moment in the person's zone, short; its title says it in full. `at`: epoch milliseconds or RFC 3339. */
export const Time = ({ at, full = false }: { readonly at: number | string; readonly full?: boolean }): ReactNode => {
  const clock = useClock();
  const ms = msOf(at);
  const whole = fullTimeText(ms, clock.timeZone);
  return (
    <time dateTime={new Date(ms).toISOString()} title={`${whole} ${clock.timeZone}`} className="whitespace-nowrap">
      {full ? whole : timeText(ms, clock)}
    </time>
  );
};
