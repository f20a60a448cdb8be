import "server-only";
import { knownFlows, visibleFlows } from "#lib/read/known-flows.ts";
import { titleIn } from "#lib/people/title-in.ts";
import { declareFlow, sendEvent, type FirstStep } from "#lib/search/first-step.ts";
import { currentConsole } from "#app/_data/console.ts";
import { readScope } from "#app/_data/read-scope.ts";
import type { Viewer } from "#app/_data/session.ts";
import { localWorkerUrl } from "#app/_data/worker-address.ts";

const loopback = ["127.0.0.1", "localhost", "::1"];

/** What to do next while there is no record: declare a flow, then send an event to this installation's worker. */
export const readFirstStep = async (viewer: Viewer): Promise<FirstStep> => {
  const { settings } = currentConsole();
  const { stores } = readScope(viewer, "records.read");
  const flows = visibleFlows(await knownFlows(stores.definitions), viewer.role).filter(({ active }) => active);
  const [flow] = flows;
  const first = flow?.newest.declaration.steps.find(({ after, afterAny }) => after.length + afterAny.length === 0);
  if (flow === undefined || first === undefined) return declareFlow(settings.flows);
  return sendEvent({
    workerUrl: localWorkerUrl() ?? "http://127.0.0.1:4318",
    needsToken: !loopback.includes(settings.host),
    flow: flow.flow,
    flowName: titleIn(flow.newest.declaration.title, viewer.language, flow.flow),
    step: first.id,
    primary: flow.types.primary,
  });
};
