import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import type { ReactNode } from "react";
import { recordTitle } from "#components/record/page-texts.ts";
import { RecordScreen } from "#components/record/record-screen.tsx";
import { viewOf } from "#components/record/view.ts";
import { Comparison } from "./comparison.tsx";
import { loadRecord } from "./load-record.ts";
import { recordActions } from "./record-actions.ts";
import { alikePlace, recordLinks } from "./record-links.ts";
import { searchText } from "./search-params.ts";

interface Props {
  readonly params: Promise<{ readonly type: string; readonly value: string }>;
  readonly searchParams: Promise<unknown>;
}

const load = async ({ params, searchParams }: Props) => {
  const { type, value } = await params;
  return loadRecord(type, value, searchText(await searchParams));
};

export const generateMetadata = async (props: Props): Promise<Metadata> => {
  const { question, found, clock } = await load(props);
  return { title: found.answer === null ? question.value : recordTitle(found.answer, found.shown, viewOf(clock)) };
};

const Page = async (props: Props): Promise<ReactNode> => {
  const { viewer, question, choice, found, clock } = await load(props);
  const { type, value } = question;
  if (found.answer === null) notFound();
  const { answer, shown, neighbours, mayReadPayloads, publicUrl, casework } = found;
  const links = recordLinks(answer, shown, { type, value, choice, publicUrl });
  const journey = answer.journeys[shown];
  // Of very many journeys each is shown on the page of its own record.
  const chosen = answer.record.brief === true && choice.primary !== undefined ? journey : undefined;
  if (typeof chosen?.primary === "string") redirect(links.record(chosen.flow, chosen.primary));
  return (
    <RecordScreen
      {...{ answer, shown, clock, links, mayReadPayloads }}
      alike={alikePlace(neighbours, journey?.flow ?? "", links)}
      unfolded={choice.allSteps}
      allFields={choice.allFields}
      allEvents={choice.allEvents}
      casework={casework && { ...casework, ...recordActions, isClosing: choice.open === "close" }}
      streamUrl={`/api/v1/stream?${new URLSearchParams({ type, value }).toString()}`}
      compare={<Comparison {...{ viewer, journey, links, clock, mayReadPayloads }} wanted={choice.compare} />}
    />
  );
};

export default Page;
