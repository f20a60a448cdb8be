import type { ReactNode } from "react";
import type { EventAnswer } from "#lib/record/record-answer.ts";
import { zoneText } from "#lib/time-text/time-text.ts";
import { EventList } from "#components/record/event-list.tsx";
import type { Names } from "#components/record/names.ts";
import type { View } from "#components/record/view.ts";

/** `UTC+8`: the whole zone is said in the page's frame. */
export const shortZone = (zone: string): string => zone.split(" (")[0] ?? zone;

/** The raw events of a journey. `total` counts those that retention has let go of as well. */
export const EventSection = ({
  events,
  total,
  names,
  view,
  mayReadPayloads,
}: {
  readonly events: readonly EventAnswer[];
  readonly total: number;
  readonly names: Names;
  readonly view: View;
  readonly mayReadPayloads: boolean;
}): ReactNode => {
  const t = view.record;
  const { timeZone, now } = view.clock;
  const isPage = events.length >= 200;
  const missing = total - events.length;
  return (
    <section aria-labelledby="events-title" id="events" className="mt-8 min-w-0 scroll-mt-16">
      <div className="section-head">
        <h2 id="events-title" tabIndex={-1}>
          {t("events.title")}
        </h2>
        <span className="ml-auto text-13 text-ink-3">
          {isPage && missing > 0
            ? t("events.newest", { shown: events.length, total })
            : t("events.count", { count: total })}
        </span>
      </div>
      {mayReadPayloads ? null : <p className="py-2.5 text-13 text-ink-2">{t("events.payloadHidden")}</p>}
      <EventList events={events} names={names} view={view} zone={shortZone(zoneText(timeZone, now))} />
      {!isPage && missing > 0 ? (
        <p className="py-2.5 text-13 text-ink-2">{t("events.expired", { count: missing })}</p>
      ) : null}
    </section>
  );
};
