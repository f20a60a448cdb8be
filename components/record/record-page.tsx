import type { ReactNode } from "react";
import type { Casework } from "#components/casework/casework.ts";
import type { RecordAnswer } from "#lib/record/record-answer.ts";
import { JourneyList } from "#components/record/journey-list.tsx";
import { JourneyPage } from "#components/record/journey-page.tsx";
import { PlainRecord, UnmatchedEvents } from "#components/record/plain-record.tsx";
import type { AlikePlace } from "#components/record/record-head.tsx";
import { RecordList } from "#components/record/record-list.tsx";
import type { RecordLinks } from "#components/record/record-links.ts";
import { viewOf } from "#components/record/view.ts";
import type { Clock } from "#lib/time-text/time-text.ts";

export interface RecordPageProps {
  readonly answer: RecordAnswer;
  /** Which of the journeys is shown. */
  readonly shown: number;
  readonly clock: Clock;
  readonly links: RecordLinks;
  readonly alike: AlikePlace | null;
  readonly live: ReactNode;
  readonly unfolded: boolean;
  readonly allFields: boolean;
  readonly allEvents: boolean;
  readonly mayReadPayloads: boolean;
  readonly casework: Casework | null;
  /** The comparison that the address asks for. */
  readonly compare: ReactNode;
}

/** Where a record is and why it is missing. Drawn on the server; all of it is there before any script. */
export const RecordPage = ({
  answer,
  shown,
  clock,
  links,
  alike,
  live,
  unfolded,
  allFields,
  allEvents,
  mayReadPayloads,
  casework,
  compare,
}: RecordPageProps): ReactNode => {
  const view = viewOf({ ...clock, now: Date.parse(answer.record.asOf) });
  const journey = answer.journeys[shown] ?? answer.journeys[0];
  if (journey === undefined) return <PlainRecord answer={answer} view={view} live={live} />;
  if (answer.record.brief === true) return <RecordList answer={answer} view={view} links={links} live={live} />;
  return (
    <>
      {answer.journeys.length > 1 ? (
        <JourneyList
          journeys={answer.journeys}
          shown={shown}
          searched={answer.record.value}
          view={view}
          journeyHref={links.journey}
        />
      ) : null}
      <JourneyPage
        journey={journey}
        searched={answer.record.value}
        view={view}
        links={links}
        alike={alike}
        live={live}
        unfolded={unfolded}
        allFields={allFields}
        allEvents={allEvents}
        mayReadPayloads={mayReadPayloads}
        casework={casework}
        compare={compare}
      />
      <UnmatchedEvents events={answer.unmatched} view={view} />
    </>
  );
};
