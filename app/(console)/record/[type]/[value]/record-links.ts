import type { RecordLinks } from "#components/record/record-links.ts";
import type { AlikePlace } from "#components/record/record-head.tsx";
import type { JourneyAnswer, RecordAnswer } from "#lib/record/record-answer.ts";
import type { Neighbours } from "#app/_data/find-record-page.ts";
import { choiceOf, choiceQuery, href, type RecordChoice } from "./search-params.ts";

/** What stands in this page's address, and where the console is reached from elsewhere. */
export interface RecordAddress {
  readonly type: string;
  readonly value: string;
  readonly choice: RecordChoice;
  readonly publicUrl: string;
}

/** By the primary, in its flow where the same value is the primary of several; the key itself where there is none. */
function permalinkOf({ journeys }: RecordAnswer, journey: JourneyAnswer | undefined, address: RecordAddress): string {
  if (journey === undefined || journey.primary === null) return href(address.type, address.value);
  const { primary, flow, names } = journey;
  const isShared = journeys.some((each) => each.primary === primary && each.flow !== flow);
  return href(names.primary, primary, isShared ? { flow } : {});
}

/** Only our own list of journeys is followed, whatever an answer says. */
const ownPath = (path: string | undefined): string | null => (path?.startsWith("/journeys?") === true ? path : null);

/** Where everything on a record's page leads. */
export function recordLinks(answer: RecordAnswer, shown: number, address: RecordAddress): RecordLinks {
  const { type, value, choice, publicUrl } = address;
  const journey = answer.journeys[shown];
  const { compare: _compare, ...kept } = choice;
  const { open: _open, ...shut } = choice;
  return {
    permalink: publicUrl + permalinkOf(answer, journey, address),
    journey: (index) => {
      const other = answer.journeys[index];
      return href(type, value, other === undefined ? {} : choiceOf(answer.journeys, other));
    },
    record: (flow, primary) => href(flow === journey?.flow ? journey.names.primary : "_", primary, { flow }),
    key: (link) => (link.masked || (link.type === type && link.value === value) ? null : href(link.type, link.value)),
    steps: (allSteps) => `${href(type, value, { ...choice, allSteps })}#journey`,
    fields: (allFields) => `${href(type, value, { ...choice, allFields })}#fields`,
    events: (allEvents, anchor) => `${href(type, value, { ...choice, allEvents })}#${anchor}`,
    close: `${href(type, value, { ...choice, open: "close" })}#close`,
    closeNot: href(type, value, shut),
    compare: `${href(type, value, { ...choice, compare: "auto" })}#compare`,
    compareNot: href(type, value, kept),
    compareForm: { action: href(type, value), kept: Object.fromEntries(choiceQuery(kept)) },
    alike: ownPath(journey?.verdict.alike?.href),
  };
}

/** The neighbours of a record among those that fail alike, with their addresses. */
export function alikePlace(neighbours: Neighbours | null, flow: string, links: RecordLinks): AlikePlace | null {
  if (neighbours === null || links.alike === null) return null;
  const addressOf = (record: string | null) => (record === null ? null : { record, href: links.record(flow, record) });
  const { place, total, previous, next } = neighbours;
  return { place, total, href: links.alike, previous: addressOf(previous), next: addressOf(next) };
}
