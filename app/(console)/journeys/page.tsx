import type { Metadata } from "next";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { filtersOf, listHref } from "#components/journeys/list-href.ts";
import { JourneyListView } from "#components/journeys/journey-list-view.tsx";
import { currentConsole } from "#app/_data/console.ts";
import { listJourneyLines } from "#app/_data/list-journey-lines.ts";
import { pageSetting } from "#app/_data/page-setting.ts";
import { pageText } from "#app/_data/page-text.ts";
import { requireViewer } from "#app/_data/session.ts";
import { journeyFilters } from "./search-params.ts";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await pageText("journeys"))("title") });

const JourneysPage = async ({ searchParams }: { readonly searchParams: Promise<unknown> }): Promise<ReactNode> => {
  const viewer = await requireViewer("records.read");
  const { clock } = await pageSetting();
  const { isLocal, query, ...asked } = journeyFilters(await searchParams, clock);
  if (isLocal) redirect(listHref(asked.given, {}));
  const { hasBadCursor, ...list } = await listJourneyLines(viewer, query);
  const given = hasBadCursor ? filtersOf(asked.given) : asked.given;
  return (
    <JourneyListView
      list={list}
      question={{ ...asked, given, hasBadCursor }}
      clock={clock}
      publicUrl={currentConsole().settings.publicUrl}
    />
  );
};

export default JourneysPage;
