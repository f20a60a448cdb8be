import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { cache, type ReactNode } from "react";
import { recordTitle } from "#components/record/page-texts.ts";
import { RecordScreen } from "#components/record/record-screen.tsx";
import { viewOf } from "#components/record/view.ts";
import { SearchResults } from "#components/search/search-results.tsx";
import { ReadError } from "#lib/api/problem.ts";
import { toRecordQuestion } from "#app/api/_route/record-question.ts";
import { findRecordPage } from "#app/_data/find-record-page.ts";
import { pageSetting } from "#app/_data/page-setting.ts";
import { requireViewer } from "#app/_data/session.ts";
import { alikePlace, recordLinks } from "./record-links.ts";
import { chosenJourney, recordChoice } from "./search-params.ts";

interface Props {
  readonly params: Promise<{ readonly type: string; readonly value: string }>;
  readonly searchParams: Promise<unknown>;
}

/** The key in the address; what is no key has no page. */
function questionOf(type: string, value: string) {
  try {
    return toRecordQuestion(decodeURIComponent(type), decodeURIComponent(value), false);
  } catch (error) {
    if (error instanceof ReadError || error instanceof URIError) notFound();
    throw error;
  }
}

/** Once a request, for the title and the page. */
const load = cache(async (type: string, value: string, search: string) => {
  const viewer = await requireViewer("records.read");
  const question = questionOf(type, value);
  const choice = recordChoice(JSON.parse(search));
  const found = await findRecordPage(viewer, question, (journeys) => chosenJourney(journeys, choice));
  return { question, choice, found, clock: (await pageSetting()).clock };
});

const loadFor = async ({ params, searchParams }: Props) => {
  const { type, value } = await params;
  return load(type, value, JSON.stringify(await searchParams));
};

export const generateMetadata = async (props: Props): Promise<Metadata> => {
  const { question, found, clock } = await loadFor(props);
  return { title: found.answer === null ? question.value : recordTitle(found.answer, found.shown, viewOf(clock)) };
};

const Page = async (props: Props): Promise<ReactNode> => {
  const { question, choice, found, clock } = await loadFor(props);
  const { type, value } = question;
  if (found.answer === null) return <SearchResults answer={found.search} text={value} />;
  const { answer, shown, neighbours, mayReadPayloads, publicUrl } = found;
  const links = recordLinks(answer, shown, { type, value, choice, publicUrl });
  // Of very many journeys each is shown on the page of its own record.
  const chosen = answer.record.brief === true && choice.primary !== undefined ? answer.journeys[shown] : undefined;
  if (typeof chosen?.primary === "string") redirect(links.record(chosen.flow, chosen.primary));
  return (
    <RecordScreen
      answer={answer}
      shown={shown}
      clock={clock}
      links={links}
      alike={alikePlace(neighbours, answer.journeys[shown]?.flow ?? "", links)}
      unfolded={choice.allSteps}
      allFields={choice.allFields}
      allEvents={choice.allEvents}
      mayReadPayloads={mayReadPayloads}
      streamUrl={`/api/v1/stream?${new URLSearchParams({ type, value }).toString()}`}
    />
  );
};

export default Page;
