import "server-only";
import { readOverview as read } from "#lib/read/read-overview.ts";
import type { Overview } from "#lib/search/overview.ts";
import { readScope } from "#app/_data/read-scope.ts";
import type { Viewer } from "#app/_data/session.ts";

export async function readOverview(viewer: Viewer): Promise<Overview> {
  const { stores, context } = readScope(viewer, "records.read");
  return read(stores, context, viewer.language);
}
