import "server-only";
import type { SampleEvent } from "#lib/access/token-command.ts";
import { knownFlows, visibleFlows } from "#lib/read/known-flows.ts";
import { readScope } from "#app/_data/read-scope.ts";
import type { Viewer } from "#app/_data/session.ts";

/** An event at the first step that a token with these limits may report; made up where no flow is declared. */
export async function sampleEvent(
  viewer: Viewer,
  { sources, systems }: { readonly sources: readonly string[]; readonly systems: readonly string[] },
): Promise<SampleEvent> {
  const { stores } = readScope(viewer, "records.read");
  const flows = visibleFlows(await knownFlows(stores.definitions), viewer.role).filter(({ active }) => active);
  // with one source the door fills it in
  const source = sources.length > 1 ? { source: sources[0] ?? "" } : {};
  for (const { flow, types, newest } of flows) {
    const step = newest.declaration.steps.find(({ system }) => systems.length === 0 || systems.includes(system));
    if (step !== undefined) return { flow, step: step.id, system: step.system, ...source, keyType: types.primary };
  }
  return { system: systems[0] ?? "oms", ...source, keyType: "order_no" };
}
