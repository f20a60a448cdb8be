import "server-only";
import { toFlowId } from "#lib/id/id.ts";
import { knownFlows, visibleFlows } from "#lib/read/known-flows.ts";
import type { JourneyRow } from "#lib/storage/journey-index.ts";
import { readScope } from "#app/_data/read-scope.ts";
import type { Viewer } from "#app/_data/session.ts";

/** The journey that somebody wants to close or write a note on; null where it is not there for their role. */
export async function findOwnJourney(
  viewer: Viewer,
  { flow, primary }: { readonly flow: string; readonly primary: string },
): Promise<JourneyRow | null> {
  const { stores } = readScope(viewer, "records.read");
  const known = await knownFlows(stores.definitions);
  const isVisible = visibleFlows(known, viewer.role).some((each) => each.flow === flow);
  return isVisible ? stores.journeys.find(toFlowId(flow), primary) : null;
}
