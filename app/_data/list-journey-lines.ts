import "server-only";
import type { JourneysQuery } from "#lib/api/journeys-schema.ts";
import { listJourneyLines as list } from "#lib/read/list-journey-lines.ts";
import type { JourneyList } from "#lib/search/journey-list.ts";
import { readScope } from "#app/_data/read-scope.ts";
import type { Viewer } from "#app/_data/session.ts";

export async function listJourneyLines(viewer: Viewer, query: JourneysQuery): Promise<JourneyList> {
  const { stores, context } = readScope(viewer, "records.read");
  return list(stores, query, context, viewer.language);
}
