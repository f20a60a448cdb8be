import "server-only";
import type { JourneysAnswer, JourneysQuery } from "#lib/api/journeys-schema.ts";
import { listJourneys as list } from "#lib/read/list-journeys.ts";
import { readScope } from "#app/_data/read-scope.ts";
import type { Viewer } from "#app/_data/session.ts";

export async function listJourneys(viewer: Viewer, query: JourneysQuery): Promise<JourneysAnswer> {
  const { stores, context } = readScope(viewer, "records.read");
  return list(stores, query, context);
}
