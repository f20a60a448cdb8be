import type { ReactNode } from "react";
import type { Outcome } from "#lib/event/hop-event.ts";
import type { EventAnswer } from "#lib/record/record-answer.ts";
import { fullTimeText } from "#lib/time-text/time-text.ts";
import { eventAnchor } from "#components/record/evidence-list.tsx";
import { eventJson } from "#components/record/event-json.ts";
import type { Names } from "#components/record/names.ts";
import type { View } from "#components/record/view.ts";
import { colourOf, Glyph, type GlyphName } from "#components/ui/glyph.tsx";
import { Icon } from "#components/ui/icon.tsx";

const glyphs: Readonly<Record<Outcome, GlyphName>> = {
  ok: "completed",
  failed: "failed",
  retrying: "progress",
  skipped: "late",
};

/** Columns of the head and of every row; on phones a row is two lines. */
const columns =
  "wide:grid wide:grid-cols-[18px_11.25rem_minmax(0,1.2fr)_5rem_5.5rem_minmax(0,1.3fr)_minmax(0,1fr)] wide:gap-x-3";

const Detail = ({
  event,
  names,
  view,
}: {
  readonly event: EventAnswer;
  readonly names: Names;
  readonly view: View;
}): ReactNode => {
  const t = view.record;
  const { timeZone } = view.clock;
  const waitedMs = Date.parse(event.ingestedAt) - Date.parse(event.time);
  const arrived = fullTimeText(Date.parse(event.ingestedAt), timeZone);
  const maskCount = Object.keys(event.masks ?? {}).length;
  const breached = Object.entries(event.checks ?? {}).flatMap(([step, check]) =>
    check.result === "breached" ? [names.step(step)] : [],
  );
  const notes = [
    waitedMs >= 1_000
      ? t("events.arrived", { time: arrived, duration: view.duration(waitedMs) })
      : t("events.arrivedAtOnce", { time: arrived }),
    event.backfill === true ? t("events.backfill") : null,
    event.unmatchedReason === undefined ? null : t(`events.unmatched.${event.unmatchedReason}`),
    maskCount === 0 ? null : t("events.masked", { count: maskCount }),
    ...breached.map((step) => t("events.breached", { step: view.named(step) })),
  ].filter((note) => note !== null);
  return (
    <div className="bg-sunken px-3 py-2.5 wide:pl-8">
      <p className="text-12 text-ink-2">{notes.join(" · ")}</p>
      <pre
        className="mt-2 text-12 leading-[1.6] [overflow-wrap:anywhere] whitespace-pre-wrap text-ink-2"
        aria-label={t("events.json", { id: event.id })}
      >
        {eventJson(event).map((line, index) =>
          line.hit ? (
            <mark key={index} className="rounded-1 bg-overdue-soft font-bold text-overdue">
              {line.text}
              {"\n"}
            </mark>
          ) : (
            `${line.text}\n`
          ),
        )}
      </pre>
    </div>
  );
};

const Row = ({
  event,
  anchor,
  names,
  view,
}: {
  readonly event: EventAnswer;
  readonly anchor: string;
  readonly names: Names;
  readonly view: View;
}): ReactNode => {
  const t = view.record;
  const step = event.matchedStep === undefined ? t("events.noStep") : names.step(event.matchedStep);
  const whole = fullTimeText(Date.parse(event.time), view.clock.timeZone);
  return (
    <li className="border-b border-line">
      <details className="group" name={undefined}>
        <summary
          className={`grid cursor-pointer list-none grid-cols-[18px_minmax(0,1fr)_auto] gap-x-2 py-2.5 text-12 hover:bg-hover wide:py-2 ${columns} [&::-webkit-details-marker]:hidden`}
        >
          <span className="text-ink-3 transition-transform group-open:rotate-90">
            <Icon name="right" size={14} />
          </span>
          <time dateTime={event.time} className="font-mono whitespace-nowrap">
            {whole}
          </time>
          <span className="col-start-2 row-start-2 [overflow-wrap:anywhere] text-14 wide:col-auto wide:row-auto wide:text-12">
            {step}
          </span>
          <span className="hidden font-mono wide:block">{event.operation}</span>
          <span className={`flex items-center gap-1 self-start ${colourOf(glyphs[event.outcome])}`}>
            <Glyph name={glyphs[event.outcome]} size={12} />
            <span className={event.outcome === "ok" ? "text-ink" : ""}>{t(`events.outcomeWord.${event.outcome}`)}</span>
          </span>
          <span
            className="col-start-2 row-start-3 truncate font-mono text-ink-2 wide:col-auto wide:row-auto"
            title={event.point ?? event.source}
          >
            {event.point ?? event.source}
          </span>
          <span className="hidden truncate font-mono text-ink-3 wide:block" title={event.id}>
            {event.id}
          </span>
        </summary>
        <div id={anchor} className="scroll-mt-16">
          <Detail event={event} names={names} view={view} />
        </div>
      </details>
    </li>
  );
};

/** Raw events, newest first: each opens to the whole event as it is kept. Opens without script. */
export const EventList = ({
  events,
  names,
  view,
  zone,
}: {
  readonly events: readonly EventAnswer[];
  readonly names: Names;
  readonly view: View;
  readonly zone: string;
}): ReactNode => {
  const t = view.record;
  if (events.length === 0) return <p className="py-2.5 text-13 text-ink-2">{t("events.none")}</p>;
  return (
    <>
      <div
        className={`hidden border-b border-line py-1.5 text-12 font-medium text-ink-3 ${columns}`}
        aria-hidden="true"
      >
        <span />
        <span>{t("events.time", { zone })}</span>
        <span>{t("events.step")}</span>
        <span>{t("events.operation")}</span>
        <span>{t("events.outcome")}</span>
        <span>{t("events.point")}</span>
        <span>{t("events.id")}</span>
      </div>
      <ol>
        {events.map((event, index) => (
          <Row
            key={`${event.source} ${event.id}`}
            event={event}
            anchor={eventAnchor(index)}
            names={names}
            view={view}
          />
        ))}
      </ol>
    </>
  );
};
