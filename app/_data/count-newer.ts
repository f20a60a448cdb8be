import "server-only";
import type { JourneyFilter } from "#lib/api/journeys-schema.ts";
import { countNewer as count, type NewerJourneys, type ShownList } from "#lib/read/count-newer.ts";
import { readScope } from "#app/_data/read-scope.ts";
import type { Viewer } from "#app/_data/session.ts";

export async function countNewer(viewer: Viewer, query: JourneyFilter, shown: ShownList): Promise<NewerJourneys> {
  const { stores, context } = readScope(viewer, "records.read");
  return count(stores, query, shown, context);
}
