import "server-only";
import type { FailuresAnswer, FailuresQuery } from "#lib/api/journeys-schema.ts";
import { countFailures as count } from "#lib/read/count-failures.ts";
import { readScope } from "#app/_data/read-scope.ts";
import type { Viewer } from "#app/_data/session.ts";

export async function countFailures(viewer: Viewer, query: FailuresQuery): Promise<FailuresAnswer> {
  const { stores, context } = readScope(viewer, "records.read");
  return count(stores, query, context);
}
