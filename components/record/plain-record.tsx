import type { ReactNode } from "react";
import type { EventAnswer, RecordAnswer } from "#lib/record/record-answer.ts";
import { zoneText } from "#lib/time-text/time-text.ts";
import { shortZone } from "#components/record/event-section.tsx";
import { EventList } from "#components/record/event-list.tsx";
import { namesOf, type Named } from "#components/record/names.ts";
import { Sentence } from "#components/record/sentence.tsx";
import type { View } from "#components/record/view.ts";
import { Glyph } from "#components/ui/glyph.tsx";

const noNames: Named = {
  flow: "",
  steps: [],
  names: { primary: "", flow: {}, steps: {}, systems: {}, teams: {}, shape: [] },
};

const listedEvents = 50;

/** Events that carry the key and match no step: beside journeys, or all there is. */
export const UnmatchedEvents = ({
  events,
  view,
}: {
  readonly events: readonly EventAnswer[];
  readonly view: View;
}): ReactNode => {
  const t = view.record;
  if (events.length === 0) return null;
  const { timeZone, now, language } = view.clock;
  // no journey, so nothing but ids: an empty one names them
  const names = namesOf(noNames, language);
  return (
    <section aria-labelledby="unmatched-title" id="unmatched" className="mt-8">
      <div className="section-head">
        <h2 id="unmatched-title">{t("unmatched.title")}</h2>
        <span className="ml-auto text-13 text-ink-3">
          {events.length > listedEvents
            ? t("events.newest", { shown: listedEvents, total: events.length })
            : t("events.count", { count: events.length })}
        </span>
      </div>
      <p className="py-2.5 text-13 text-ink-2">{t("unmatched.body")}</p>
      <EventList
        events={events.slice(0, listedEvents)}
        names={names}
        view={view}
        zone={shortZone(zoneText(timeZone, now))}
      />
    </section>
  );
};

/** A key without a journey: too common to link, or seen only in events that match no step. */
export const PlainRecord = ({
  answer,
  view,
  live,
}: {
  readonly answer: RecordAnswer;
  readonly view: View;
  readonly live: ReactNode;
}): ReactNode => {
  const t = view.record;
  const { record, unmatched } = answer;
  const last = unmatched[0]?.time;
  const text =
    record.tooCommon === true
      ? t("tooCommon.say", {
          key: record.type === "_" ? record.value : `${record.type} ${record.value}`,
          count: record.count ?? 0,
        })
      : t("unmatched.say", {
          key: record.value,
          count: unmatched.length,
          last: last === undefined ? "" : view.time(last),
        });
  return (
    <article>
      <header className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <h1 className="text-24 leading-tight font-bold tracking-tight [overflow-wrap:anywhere]">{record.value}</h1>
        <span className="inline-flex min-h-7 items-center gap-1.5 rounded-2 bg-unknown-soft pr-2.5 pl-2 text-14 font-bold text-unknown">
          <Glyph name="unknown" />
          {view.state("unknown")}
        </span>
        {live}
      </header>
      <div className="mt-4">
        <Sentence text={text} state="unknown" marks={{ key: record.value, names: [], broken: null }} />
        {record.tooCommon === true ? <p className="mt-2 text-ink-2">{t("tooCommon.advice")}</p> : null}
      </div>
      <UnmatchedEvents events={unmatched} view={view} />
    </article>
  );
};
