import type { FlowAnswer, FlowDetail, FlowsAnswer } from "#lib/api/flows-schema.ts";
import { ReadError } from "#lib/api/problem.ts";
import type { SchemaRef, Step } from "#lib/flow/flow-version.ts";
import { journeyStates, type JourneyState } from "#lib/journey/judgement.ts";
import { knownFlows, visibleFlows, type KnownFlow } from "#lib/read/known-flows.ts";
import type { ReadContext, ReadStores } from "#lib/read/read-context.ts";
import { toTime } from "#lib/record/to-time.ts";

type Counts = Readonly<Record<JourneyState, number>>;

/** Every flow the role may see, with its journeys counted by state. */
export async function listFlows(stores: ReadStores, context: ReadContext): Promise<FlowsAnswer> {
  const flows = visibleFlows(await knownFlows(stores.definitions), context.role);
  const counts = await stores.journeys.countByState(flows.map(({ flow }) => flow));
  return { flows: flows.map((flow) => toFlowAnswer(flow, counts.get(flow.flow))) };
}

/** One flow; `flow_not_found` also where the role may not see it, so that its existence does not show. */
export async function findVisibleFlow(stores: ReadStores, flow: string, context: ReadContext): Promise<KnownFlow> {
  const found = visibleFlows(await knownFlows(stores.definitions), context.role).find((each) => each.flow === flow);
  if (found === undefined) throw new ReadError("flow_not_found", "", "flow");
  return found;
}

export async function readFlow(stores: ReadStores, id: string, context: ReadContext): Promise<FlowDetail> {
  const flow = await findVisibleFlow(stores, id, context);
  const counts = await stores.journeys.countByState([flow.flow]);
  const { declaration, text } = flow.newest;
  return {
    ...toFlowAnswer(flow, counts.get(flow.flow)),
    text,
    objectives: declaration.objectives.map(({ sli, from, to, threshold, target, window }) => ({
      sli,
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
      ...(threshold !== undefined && { thresholdMs: threshold.ms }),
      target,
      windowMs: window.ms,
    })),
    versions: flow.versions.map(({ hash, from, savedAt, declaredIn }) => ({
      version: hash,
      from: Number.isFinite(from) ? toTime(from) : null,
      savedAt: toTime(savedAt),
      declaredIn,
    })),
  };
}

function toFlowAnswer({ flow, newest, active }: KnownFlow, counts: Counts | undefined): FlowAnswer {
  const { title, visibleTo, primary, aliases, searchable, steps } = newest.declaration;
  return {
    flow,
    ...(title !== undefined && { title }),
    active,
    version: newest.hash,
    savedAt: toTime(newest.savedAt),
    declaredIn: newest.declaredIn,
    ...(visibleTo !== undefined && { visibleTo }),
    primary,
    aliases,
    searchable,
    steps: steps.map(toDeclaredStep),
    counts: Object.fromEntries(journeyStates.map((state) => [state, counts?.[state] ?? 0])),
  };
}

function toDeclaredStep(step: Step): FlowAnswer["steps"][number] {
  const { title, point, within, calendar, per, contract, when } = step;
  return {
    id: step.id,
    system: step.system,
    ...(title !== undefined && { title }),
    ...(point !== undefined && { point }),
    after: step.after,
    afterAny: step.afterAny,
    ...(within !== undefined && { withinMs: within.ms }),
    ...(calendar !== undefined && { calendar }),
    ...(per !== undefined && { per }),
    optional: step.optional,
    ends: step.ends,
    sends: step.sends,
    strict: step.strict,
    sources: step.sources,
    owners: step.owners,
    ...(contract !== undefined && { contract: nameOf(contract) }),
    ...(when !== undefined && { when: nameOf(when) }),
  };
}

const nameOf = ({ path }: SchemaRef): string => path ?? "inline";
