import type { ReactNode } from "react";
import { fieldTable } from "#lib/field/field-table.ts";
import { contractStep } from "#lib/field/payload-steps.ts";
import type { FieldTable } from "#lib/field/table.ts";
import type { JourneyAnswer } from "#lib/record/record-answer.ts";
import type { Casework } from "#components/casework/casework.ts";
import { ClosedBanner } from "#components/casework/closed-banner.tsx";
import { ClosingDesk } from "#components/casework/closing-desk.tsx";
import { ClosingFrame } from "#components/casework/closing-frame.tsx";
import { NoteSection } from "#components/casework/note-section.tsx";
import { FieldsAlongTheWay } from "#components/field/fields-along-the-way.tsx";
import { JourneyDrawing } from "#components/journey/journey-drawing.tsx";
import type { FieldBreak } from "#components/journey/stop-words.ts";
import { CauseSection } from "#components/record/cause-section.tsx";
import { EventSection } from "#components/record/event-section.tsx";
import { eventAnchor, EvidenceList } from "#components/record/evidence-list.tsx";
import { namesOf } from "#components/record/names.ts";
import { RecordHead, type AlikePlace } from "#components/record/record-head.tsx";
import type { RecordLinks } from "#components/record/record-links.ts";
import { RelatedRecords } from "#components/record/related-records.tsx";
import { VerdictPanel } from "#components/record/verdict-panel.tsx";
import type { View } from "#components/record/view.ts";
import { WarningList } from "#components/record/warning-list.tsx";

/** At which step of the drawing to say that a field broke: where the table marks it. */
function fieldBreakOf(table: FieldTable, view: View): FieldBreak | null {
  const row = table.rows.find((each) => each.kind === "problem" && each.brokenAt === table.firstBroken);
  const column = table.firstBroken === null ? undefined : table.columns[table.firstBroken];
  const cell = row === undefined || row.brokenAt === undefined ? undefined : row.cells[row.brokenAt];
  if (row === undefined || column === undefined || cell === undefined) return null;
  const word = cell.kind === "empty" || cell.kind === "missing" ? view.fields(cell.kind) : view.fields("malformed");
  return { step: column.step, text: view.fields("broke", { field: row.title ?? row.field, how: word }) };
}

/** So many events are listed at once; the rest are one link away. */
const listedEvents = 20;

/** Everything of one journey, the sentence first. */
export const JourneyPage = ({
  journey,
  searched,
  view,
  links,
  alike,
  live,
  unfolded,
  allFields,
  allEvents,
  mayReadPayloads,
  casework,
  compare,
}: {
  readonly journey: JourneyAnswer;
  readonly searched: string;
  readonly view: View;
  readonly links: RecordLinks;
  readonly alike: AlikePlace | null;
  readonly live: ReactNode;
  readonly unfolded: boolean;
  readonly allFields: boolean;
  readonly allEvents: boolean;
  readonly mayReadPayloads: boolean;
  readonly casework: Casework | null;
  readonly compare: ReactNode;
}): ReactNode => {
  const names = namesOf(journey, view.clock.language);
  const table = fieldTable(journey);
  const { flow, primary } = journey;
  const title = primary ?? searched;
  const hasCasework = casework !== null && primary !== null;
  const desk = hasCasework ? (
    <ClosingDesk href={links.close} hrefNot={links.closeNot} isOpenAtFirst={casework.isClosing} />
  ) : null;
  const eventHref = (index: number): string => {
    const anchor = eventAnchor(index);
    return allEvents || index < listedEvents ? `#${anchor}` : links.events(true, anchor);
  };
  return (
    <article>
      <ClosingFrame journey={journey} casework={casework} view={view}>
        <RecordHead
          title={title}
          journey={journey}
          names={names}
          view={view}
          keyHref={links.key}
          alike={alike}
          live={live}
        />
        {hasCasework ? <ClosedBanner /> : null}
        <VerdictPanel journey={journey} searched={searched} names={names} view={view} links={links} desk={desk} />
      </ClosingFrame>
      <JourneyDrawing
        journey={journey}
        record={title}
        names={names}
        view={view}
        unfolded={unfolded}
        unfoldHref={links.steps(true)}
        foldHref={links.steps(false)}
        fieldBreak={fieldBreakOf(table, view)}
      />
      <WarningList journey={journey} view={view} />
      <CauseSection journey={journey} alike={alike} names={names} view={view} links={links} />
      {compare}
      <div className="grid items-start gap-x-12 wide:grid-cols-[minmax(0,1fr)_minmax(280px,400px)] wide:grid-rows-[auto_1fr]">
        <FieldsAlongTheWay
          table={table}
          names={names}
          view={view}
          target={contractStep(journey)}
          all={allFields}
          allHref={links.fields(true)}
          fewerHref={links.fields(false)}
          mayReadPayloads={mayReadPayloads}
        />
        <div className="min-w-0 wide:col-start-2 wide:row-span-2 wide:row-start-1">
          <EvidenceList journey={journey} view={view} hasFields={table.rows.length > 0} eventHref={eventHref} />
          {casework === null || primary === null ? null : (
            <NoteSection journey={{ flow, primary }} casework={casework} view={view} />
          )}
          <RelatedRecords journey={journey} view={view} recordHref={links.record} alikeHref={links.alike} />
        </div>
        <EventSection
          events={allEvents ? journey.events : journey.events.slice(0, listedEvents)}
          kept={journey.events.length}
          total={journey.eventsTotal}
          allHref={links.events(true, "events")}
          names={names}
          view={view}
          mayReadPayloads={mayReadPayloads}
        />
      </div>
    </article>
  );
};
