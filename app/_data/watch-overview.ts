import "server-only";
import { createHash } from "node:crypto";
import { knownFlows, visibleFlows } from "#lib/read/known-flows.ts";
import { knownClosings } from "#lib/read/open-journeys.ts";
import { readScope } from "#app/_data/read-scope.ts";
import type { Viewer } from "#app/_data/session.ts";
import { shareWatch, type WatchListener } from "#app/_data/share-watch.ts";

/** Tells when the overview would be another: records counted by state, what is declared, closed, received at all. Returns how to stop. */
export function watchOverview(viewer: Viewer, listener: WatchListener): () => void {
  const look = async (): Promise<string> => {
    const { stores } = readScope(viewer, "records.read");
    const known = await knownFlows(stores.definitions);
    const flows = visibleFlows(known, viewer.role).map(({ flow }) => flow);
    const [counts, sources, closings] = await Promise.all([
      stores.journeys.countByState(flows),
      stores.sources.list(),
      knownClosings(stores.closings),
    ]);
    const received = sources.reduce((sum, { acceptedTotal }) => sum + acceptedTotal, 0);
    const state = JSON.stringify([known.revision, [...counts], closings.length, received]);
    return createHash("sha256").update(state).digest("base64url").slice(0, 22);
  };
  readScope(viewer, "records.read");
  return shareWatch(JSON.stringify(["overview", viewer.role]), () => look, listener);
}
