import "server-only";
import type { JourneysQuery } from "#lib/api/journeys-schema.ts";
import { ReadError } from "#lib/api/problem.ts";
import { listJourneyLines as list } from "#lib/read/list-journey-lines.ts";
import { StorageError } from "#lib/storage/storage-error.ts";
import type { JourneyList } from "#lib/search/journey-list.ts";
import { readScope } from "#app/_data/read-scope.ts";
import type { Viewer } from "#app/_data/session.ts";

const isBadCursor = (error: unknown): boolean =>
  (error instanceof ReadError || error instanceof StorageError) && error.code === "invalid_cursor";

/** The page asked for; from the beginning, and saying so, where its place in the list is none any more. */
export async function listJourneyLines(
  viewer: Viewer,
  { cursor, ...first }: JourneysQuery,
): Promise<JourneyList & { readonly hasBadCursor: boolean }> {
  const { stores, context } = readScope(viewer, "records.read");
  try {
    const query = cursor === undefined ? first : { ...first, cursor };
    return { ...(await list(stores, query, context, viewer.language)), hasBadCursor: false };
  } catch (error) {
    if (cursor === undefined || !isBadCursor(error)) throw error;
    return { ...(await list(stores, first, context, viewer.language)), hasBadCursor: true };
  }
}
