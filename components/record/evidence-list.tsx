import type { ReactNode } from "react";
import type { Evidence } from "#lib/journey/judgement.ts";
import type { EventAnswer, JourneyAnswer } from "#lib/record/record-answer.ts";
import { InlineCode } from "#components/record/inline-code.tsx";
import { Moment } from "#components/record/moment.tsx";
import type { View } from "#components/record/view.ts";
import { Icon, type IconName } from "#components/ui/icon.tsx";

const icons: Readonly<Record<Evidence["kind"], IconName>> = {
  attempt: "stop",
  contract: "file",
  last_seen: "clock",
  watermark: "eye",
  received: "down",
  sent: "right",
  passed: "check",
  per: "list",
  outage: "list",
  never_reported: "eye",
  link: "link",
  field_change: "diff",
};

/** Where an event stands on this page; events are numbered, their ids come from outside. */
export const eventAnchor = (index: number): string => `event-${index + 1}`;

interface Target {
  readonly href: string;
  readonly text: "openEvent" | "openField" | "openStep";
}

function targetOf(
  ref: string,
  events: readonly EventAnswer[],
  hasFields: boolean,
  eventHref: (index: number) => string,
): Target | null {
  if (ref.startsWith("event:")) {
    const index = events.findIndex((event) => ref === `event:${event.source}/${event.id}`);
    return index < 0 ? null : { href: eventHref(index), text: "openEvent" };
  }
  if (ref.startsWith("field:") || ref.startsWith("contract:"))
    return hasFields ? { href: "#fields", text: "openField" } : null;
  return ref.startsWith("step:") ? { href: "#journey", text: "openStep" } : null;
}

/** What the verdict rests on, each with the way to look for oneself. */
export const EvidenceList = ({
  journey,
  view,
  hasFields,
  eventHref,
}: {
  readonly journey: JourneyAnswer;
  readonly view: View;
  readonly hasFields: boolean;
  readonly eventHref: (index: number) => string;
}): ReactNode => {
  const t = view.record;
  const { evidence } = journey.verdict;
  return (
    <section aria-labelledby="evidence-title" id="evidence" className="mt-8 scroll-mt-16">
      <div className="section-head">
        <h2 id="evidence-title" tabIndex={-1}>
          {t("evidence.title")}
        </h2>
        <span className="ml-auto text-13 text-ink-3">{evidence.length}</span>
      </div>
      {evidence.length === 0 ? (
        <p className="py-2.5 text-13 text-ink-2">
          {t(journey.verdict.step === null && journey.state !== "completed_late" ? "evidence.none" : "evidence.gone")}
        </p>
      ) : null}
      <ol>
        {evidence.map((piece, index) => {
          const target = targetOf(piece.ref, journey.events, hasFields, eventHref);
          return (
            <li key={index} className="grid grid-cols-[20px_1fr] gap-x-2 border-b border-line py-2.5 text-13">
              <span className="text-ink-3">
                <Icon name={icons[piece.kind]} />
              </span>
              <div className="min-w-0 [overflow-wrap:anywhere]">
                <b className="block">{t(`evidence.kind.${piece.kind}`)}</b>
                <p className="text-ink-2">
                  <InlineCode text={piece.text[view.clock.language]} />{" "}
                  {piece.at === null ? null : (
                    <span className="text-12 text-ink-3">
                      <Moment at={piece.at} view={view} />
                    </span>
                  )}
                </p>
                {target === null ? null : (
                  <a className="link no-print text-12" href={target.href}>
                    {t(`evidence.${target.text}`)}
                  </a>
                )}
              </div>
            </li>
          );
        })}
      </ol>
    </section>
  );
};
