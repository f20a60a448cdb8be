import type { ReactNode } from "react";
import { fullTimeText } from "#lib/time-text/time-text.ts";
import type { View } from "#components/record/view.ts";

/** A time in the person's zone, drawn on the server; its title says it in full. */
export const Moment = ({
  at,
  view,
  full = false,
}: {
  readonly at: string;
  readonly view: View;
  readonly full?: boolean;
}): ReactNode => {
  const whole = fullTimeText(Date.parse(at), view.clock.timeZone);
  return (
    <time dateTime={at} title={whole} className="whitespace-nowrap">
      {full ? whole : view.time(at)}
    </time>
  );
};
