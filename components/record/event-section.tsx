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
  kept,
  total,
  allHref,
  names,
  view,
  mayReadPayloads,
}: {
  readonly events: readonly EventAnswer[];
  /** How many are kept and can be shown; `events` may be the newest of them. */
  readonly kept: number;
  readonly total: number;
  readonly allHref: string;
  readonly names: Names;
  readonly view: View;
  readonly mayReadPayloads: boolean;
}): ReactNode => {
  const t = view.record;
  const { timeZone, now } = view.clock;
  const isPage = kept >= 200;
  const missing = total - kept;
  return (
    <section aria-labelledby="events-title" id="events" className="mt-8 min-w-0 scroll-mt-16">
      <div className="section-head">
        <h2 id="events-title" tabIndex={-1}>
          {t("events.title")}
        </h2>
        <span className="ml-auto text-13 text-ink-3">
          {isPage && missing > 0 ? t("events.newest", { shown: kept, total }) : t("events.count", { count: total })}
        </span>
      </div>
      {mayReadPayloads ? null : <p className="py-2.5 text-13 text-ink-2">{t("events.payloadHidden")}</p>}
      <EventList events={events} names={names} view={view} zone={shortZone(zoneText(timeZone, now))} />
      {events.length < kept ? (
        <p className="py-2.5 text-13">
          <a className="link no-print" href={allHref}>
            {t("events.all", { count: kept })}
          </a>
        </p>
      ) : null}
      {!isPage && missing > 0 ? (
        <p className="py-2.5 text-13 text-ink-2">{t("events.expired", { count: missing })}</p>
      ) : null}
    </section>
  );
};
