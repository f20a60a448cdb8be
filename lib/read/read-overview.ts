import { journeyStates, type JourneyState } from "#lib/journey/judgement.ts";
import { namesOf } from "#lib/journey/names.ts";
import type { FlowId } from "#lib/id/id.ts";
import type { Contacts, People } from "#lib/people/people.ts";
import { knownFlows, visibleFlows, type KnownFlow, type KnownFlows } from "#lib/read/known-flows.ts";
import { readHopHealth, readToday } from "#lib/read/read-flow-health.ts";
import type { ReadContext, ReadStores } from "#lib/read/read-context.ts";
import { alikePath } from "#lib/record/alike-path.ts";
import type { Cause, FlowOverview, Overview, StateCounts } from "#lib/search/overview.ts";
import type { HopHealth } from "#lib/search/flow-health.ts";
import { recordPath } from "#lib/search/search-answer.ts";
import { StorageError } from "#lib/storage/storage-error.ts";
import type { AlikeQuery, JourneyRow } from "#lib/storage/journey-index.ts";
import type { Language } from "#lib/time-text/duration-text.ts";

const maxCauses = 8;
const maxGroups = 24;
const maxUnknownRead = 40;

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

interface Naming {
  readonly known: KnownFlows;
  readonly flows: readonly KnownFlow[];
  readonly language: Language;
}

/** Groups by what failures share, told apart further by reason, which their newest records say. */
async function readCauses({ journeys }: ReadStores, naming: Naming, now: number): Promise<readonly Cause[]> {
  const flows = naming.flows.map(({ flow }) => flow);
  if (flows.length === 0) return [];
  const broken = await journeys.countFailures(
    { flows, from: -8.64e15, to: now + 1 },
    ["flow", "step", "class", "field"],
    maxGroups,
  );
  const unknown = await journeys.list({ flows, states: ["unknown"] }, { cursor: null, limit: maxUnknownRead });
  const rows = [...(await journeys.findMany(broken.flatMap(({ newest }) => newest))), ...unknown.items];
  const groups = Map.groupBy(rows, (row) =>
    JSON.stringify([row.flow, row.step, row.reason, row.errorClass, row.field]),
  );
  const causes = await Promise.all(
    [...groups.values()].map(async (own): Promise<readonly Cause[]> => {
      const [row] = own;
      const query = row && alikeQueryOf(row);
      if (row === undefined || query === null || query === undefined) return [];
      const alike = await journeys.countAlike(query);
      const newest = own.reduce((last, each) => (each.since > last.since ? each : last));
      return toCause(newest, { query, count: alike.count, firstAt: alike.since ?? row.since }, naming);
    }),
  );
  const rank = ({ state }: Cause): number => (state === "unknown" ? 1 : 0);
  return causes
    .flat()
    .toSorted((a, b) => rank(a) - rank(b) || b.count - a.count)
    .slice(0, maxCauses);
}

const alikeQueryOf = ({ flow, step, reason, errorClass, field }: JourneyRow): AlikeQuery | null =>
  step === null || reason === null ? null : { flow, step, reason, errorClass, field };

function toCause(
  row: JourneyRow,
  alike: { readonly query: AlikeQuery; readonly count: number; readonly firstAt: number },
  { known, flows, language }: Naming,
): readonly Cause[] {
  const flow = flows.find((each) => each.flow === row.flow);
  const { state } = row;
  if (flow === undefined || alike.count === 0) return [];
  if (state !== "failed" && state !== "overdue" && state !== "unknown") return [];
  const { declaration } = flow.newest;
  const names = namesOf(declaration, known.people, language);
  const owners = declaration.steps.find(({ id }) => id === alike.query.step)?.owners ?? {};
  const role = (["processes", "monitors", "provides"] as const).find((each) => owners[each] !== undefined);
  const team = role && owners[role];
  const from = declaration.steps.find(({ id }) => row.hop?.split("..", 1)[0] === id);
  return [
    {
      state,
      reason: alike.query.reason,
      field: alike.query.field,
      count: alike.count,
      firstAt: alike.firstAt,
      lastAt: row.since,
      flowName: flowName(flow, language),
      stepName: names.step(alike.query.step),
      fromName: from === undefined ? null : names.step(from.id),
      owner:
        role === undefined || team === undefined
          ? null
          : { role, team: names.team(team), contacts: contactsOf(known.people, team) },
      newest: { primary: row.primary, path: recordPath(declaration.primary, row.primary) },
      href: alikePath(alike.query),
    },
  ];
}

/** Ids come from files: `constructor` is a name like any other. */
const contactsOf = ({ teams }: People, team: string): Contacts =>
  (Object.hasOwn(teams, team) ? teams[team]?.contacts : undefined) ?? {};
