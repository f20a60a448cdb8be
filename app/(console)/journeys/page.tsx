import type { Metadata } from "next";
import type { ReactNode } from "react";
import { JourneyListView } from "#components/journeys/journey-list-view.tsx";
import type { JourneysQuery } from "#lib/api/journeys-schema.ts";
import { ReadError } from "#lib/api/problem.ts";
import type { JourneyList } from "#lib/search/journey-list.ts";
import { listJourneyLines } from "#app/_data/list-journey-lines.ts";
import { pageText } from "#app/_data/page-text.ts";
import { requireViewer, type Viewer } from "#app/_data/session.ts";
import { StorageError } from "#lib/storage/storage-error.ts";
import { journeyFilters } from "./search-params.ts";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await pageText("journeys"))("title") });

const isBadCursor = (error: unknown): boolean =>
  (error instanceof ReadError || error instanceof StorageError) && error.code === "invalid_cursor";

/** The page asked for; null where its place in the list is no longer one. */
const listed = async (viewer: Viewer, query: JourneysQuery): Promise<JourneyList | null> => {
  try {
    return await listJourneyLines(viewer, query);
  } catch (error) {
    if (isBadCursor(error)) return null;
    throw error;
  }
};

const JourneysPage = async ({ searchParams }: { readonly searchParams: Promise<unknown> }): Promise<ReactNode> => {
  const viewer = await requireViewer("records.read");
  const { query, given } = journeyFilters(await searchParams);
  const found = await listed(viewer, query);
  if (found !== null) return <JourneyListView list={found} given={given} />;
  const { cursor: _cursor, ...first } = query;
  const { cursor: _gone, ...kept } = given;
  return <JourneyListView list={await listJourneyLines(viewer, first)} given={kept} hasBadCursor />;
};

export default JourneysPage;
