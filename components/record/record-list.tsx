import type { ReactNode } from "react";
import type { RecordAnswer } from "#lib/record/record-answer.ts";
import { JourneyList } from "#components/record/journey-list.tsx";
import { UnmatchedEvents } from "#components/record/plain-record.tsx";
import type { RecordLinks } from "#components/record/record-links.ts";
import type { View } from "#components/record/view.ts";

/** A key that leads to very many records: a list of them, each with a page of its own. */
export const RecordList = ({
  answer,
  view,
  links,
  live,
}: {
  readonly answer: RecordAnswer;
  readonly view: View;
  readonly links: RecordLinks;
  readonly live: ReactNode;
}): ReactNode => {
  const { record, journeys, unmatched } = answer;
  const hrefOf = (index: number): string => {
    const journey = journeys[index];
    return journey === undefined || journey.primary === null
      ? links.journey(index)
      : links.record(journey.flow, journey.primary);
  };
  return (
    <article>
      <header className="mb-6 flex flex-wrap items-center gap-x-4 gap-y-2">
        <h1 className="text-24 leading-tight font-bold tracking-tight [overflow-wrap:anywhere]">{record.value}</h1>
        {live}
      </header>
      <JourneyList
        journeys={journeys}
        shown={null}
        searched={record.value}
        view={view}
        journeyHref={hrefOf}
        moreHref={`/journeys?${new URLSearchParams({ q: record.value }).toString()}`}
      />
      <UnmatchedEvents events={unmatched} view={view} />
    </article>
  );
};
