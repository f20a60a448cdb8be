import { journeyStates, type JourneyState } from "#lib/journey/judgement.ts";
import type { FlowId } from "#lib/id/id.ts";
import { knownFlows, visibleFlows, type KnownFlow, type KnownFlows } from "#lib/read/known-flows.ts";
import { readCauses } from "#lib/read/read-causes.ts";
import { readHopHealth, readToday } from "#lib/read/read-flow-health.ts";
import type { ReadContext, ReadStores } from "#lib/read/read-context.ts";
import type { FlowOverview, Overview, StateCounts } from "#lib/search/overview.ts";
import type { HopHealth } from "#lib/search/flow-health.ts";
import { StorageError } from "#lib/storage/storage-error.ts";
import type { Language } from "#lib/time-text/duration-text.ts";

/** What needs action, largest cause first, and how each flow stands. Cost grows with the broken records, not with all. */
export async function readOverview(stores: ReadStores, context: ReadContext, language: Language): Promise<Overview> {
  const known = await knownFlows(stores.definitions);
  const flows = visibleFlows(known, context.role);
  const ids = flows.map(({ flow }) => flow);
  const [counts, today, health, causes, problems] = await Promise.all([
    stores.journeys.countByState(ids),
    readToday(stores, ids, context),
    readHealth(stores, flows, known, { now: context.now, language }),
    readCauses(stores, { known, flows, language }, context.now),
    stores.definitions.listProblems(),
  ]);
  const standing = flows.map((flow) => ({
    ...toFlowOverview(flow, counts.get(flow.flow), language),
    today: today.get(flow.flow) ?? { entered: 0, completed: 0 },
    health: health?.get(flow.flow) ?? null,
  }));
  const totals = countsOf((state) => standing.reduce((sum, flow) => sum + flow.counts[state], 0));
  return {
    causes,
    flows: standing.filter(({ total }, index) => total > 0 || flows[index]?.active === true),
    totals,
    total: sumOf(totals),
    isHealthMissing: health === null,
    problems: problems.map(({ file, line, message }) => ({ file, line, message })),
  };
}

/** null where it could not be read: the page then says so and stands without it. */
async function readHealth(
  stores: ReadStores,
  flows: readonly KnownFlow[],
  known: KnownFlows,
  asked: { readonly now: number; readonly language: Language },
): Promise<ReadonlyMap<FlowId, HopHealth | null> | null> {
  try {
    return new Map(
      await Promise.all(
        flows.map(async (flow) => [flow.flow, await readHopHealth(stores, flow, known, asked)] as const),
      ),
    );
  } catch (error) {
    if (error instanceof StorageError) return null;
    throw error;
  }
}

const countsOf = (of: (state: JourneyState) => number): StateCounts => ({
  in_progress: of("in_progress"),
  completed: of("completed"),
  completed_late: of("completed_late"),
  overdue: of("overdue"),
  failed: of("failed"),
  unknown: of("unknown"),
});

const sumOf = (counts: StateCounts): number => journeyStates.reduce((sum, state) => sum + counts[state], 0);

function toFlowOverview(
  flow: KnownFlow,
  counts: StateCounts | undefined,
  language: Language,
): Omit<FlowOverview, "today" | "health"> {
  const own = countsOf((state) => counts?.[state] ?? 0);
  return { flow: flow.flow, name: flowName(flow, language), counts: own, total: sumOf(own) };
}

const flowName = ({ flow, newest }: KnownFlow, language: Language): string => {
  const { title } = newest.declaration;
  return (language === "zh" ? (title?.zh ?? title?.en) : (title?.en ?? title?.zh)) ?? flow;
};
