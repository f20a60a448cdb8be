import type { ReactNode } from "react";
import type { JourneyAnswer } from "#lib/record/record-answer.ts";
import { Moment } from "#components/record/moment.tsx";
import { namesOf } from "#components/record/names.ts";
import { StateMark } from "#components/record/state-mark.tsx";
import type { View } from "#components/record/view.ts";

/** More than anybody reads: the worst stand first. */
const listed = 50;

/** All journeys a key leads to, worst first; one of them may be shown below. */
export const JourneyList = ({
  journeys,
  shown,
  searched,
  view,
  journeyHref,
  moreHref = null,
}: {
  readonly journeys: readonly JourneyAnswer[];
  /** null where none is shown below. */
  readonly shown: number | null;
  readonly searched: string;
  readonly view: View;
  readonly journeyHref: (index: number) => string;
  /** Where the rest of them is listed. */
  readonly moreHref?: string | null;
}): ReactNode => {
  const t = view.record;
  return (
    <nav aria-labelledby="journeys-title" className="mb-6">
      <div className="section-head">
        <h2 id="journeys-title" className="[overflow-wrap:anywhere]">
          {t("journeys.title", { key: searched, count: journeys.length })}
        </h2>
      </div>
      <ol>
        {journeys.slice(0, listed).map((journey, index) => {
          const names = namesOf(journey, view.clock.language);
          const { step } = journey.verdict;
          return (
            <li
              key={`${journey.flow} ${journey.primary ?? ""}`}
              className={`border-b border-line ${index === shown ? "bg-sunken" : ""}`}
            >
              <a
                href={journeyHref(index)}
                aria-current={index === shown ? "true" : undefined}
                className="grid min-h-11 grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 px-2 py-2 text-13 hover:bg-hover wide:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_minmax(0,1fr)_8rem_9rem]"
              >
                <b className="text-14 [overflow-wrap:anywhere]">{journey.primary ?? searched}</b>
                <span className="order-2 text-ink-2 [overflow-wrap:anywhere] wide:order-none">
                  {names.flow}
                  {step === null ? null : <span className="wide:hidden"> · {names.step(step)}</span>}
                </span>
                <span className="hidden text-ink-2 [overflow-wrap:anywhere] wide:block">
                  {step === null ? "" : names.step(step)}
                </span>
                <span className="order-3 justify-self-end text-ink-3 wide:order-none wide:justify-self-start">
                  <Moment at={journey.verdict.since} view={view} />
                </span>
                <span className="order-1 justify-self-end wide:order-none wide:justify-self-start">
                  <StateMark state={journey.state} view={view} />
                </span>
              </a>
            </li>
          );
        })}
      </ol>
      {journeys.length > listed ? (
        <p className="py-2 text-13 text-ink-2">
          {moreHref === null ? (
            t("related.more", { count: journeys.length - listed })
          ) : (
            <a className="link" href={moreHref}>
              {t("related.more", { count: journeys.length - listed })}
            </a>
          )}
        </p>
      ) : null}
    </nav>
  );
};
