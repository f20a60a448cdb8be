import type { JourneyFilter, JourneysQuery } from "#lib/api/journeys-schema.ts";
import { journeyStates } from "#lib/journey/judgement.ts";
import { journeyNames, type JourneyNames } from "#lib/read/journey-names.ts";
import { knownFlows } from "#lib/read/known-flows.ts";
import { listJourneys } from "#lib/read/list-journeys.ts";
import type { ReadContext, ReadStores } from "#lib/read/read-context.ts";
import { toJourneyQuery } from "#lib/read/to-journey-query.ts";
import type { JourneyList } from "#lib/search/journey-list.ts";
import type { Language } from "#lib/time-text/duration-text.ts";

/** Counted only so far: an exact million helps nobody. */
const countedUpTo = 100_000;

/** The list of records as a page shows it: the read API's list, with names. */
export async function listJourneyLines(
  stores: ReadStores,
  query: JourneysQuery,
  context: ReadContext,
  language: Language,
): Promise<JourneyList> {
  const names = journeyNames(await knownFlows(stores.definitions), context.role, language);
  const { cursor: _cursor, limit: _limit, ...filter } = query;
  const [{ items, next }, count] = await Promise.all([
    listJourneys(stores, query, context),
    countAll(stores, filter, names),
  ]);
  return { lines: items.map(names.toLine), next, count, options: optionsOf(names, query.flow) };
}

function optionsOf(names: JourneyNames, flow: string | undefined): JourneyList["options"] {
  const steps = new Map<string, Set<string>>();
  const systems = new Set<string>();
  for (const each of names.flows.filter((one) => flow === undefined || one.flow === flow)) {
    for (const step of each.newest.declaration.steps) {
      const own = steps.get(step.id) ?? new Set();
      steps.set(step.id, own.add(names.step(each.flow, step.id)));
      systems.add(step.system);
    }
  }
  return {
    flows: names.flows.map((each) => ({ id: each.flow, name: names.flow(each.flow) })),
    // the same id in several flows is one choice that says all its names
    steps: [...steps].map(([id, own]) => ({ id, name: [...own].join(" / ") })),
    systems: [...systems].map((id) => ({ id, name: names.system(id) })),
  };
}

/** How many there are, where that can be told without reading them. `outage` is told as rows are read, and has no count of its own. */
async function countAll(
  { journeys }: ReadStores,
  query: JourneyFilter,
  names: JourneyNames,
): Promise<JourneyList["count"]> {
  if (query.reason === "outage" || query.reason === "not_seen" || query.closed === true) return null;
  const own = names.flows
    .filter((each) => query.flow === undefined || each.flow === query.flow)
    .map(({ flow }) => flow);
  const { flow: _flow, state, closed: _closed, ...others } = query;
  if (Object.values(others).some((each) => each !== undefined)) {
    const count = await journeys.count(toJourneyQuery(query, own), countedUpTo + 1);
    return { count: Math.min(count, countedUpTo), isMore: count > countedUpTo };
  }
  const counts = await journeys.countByState(own);
  const asked = journeyStates.filter((name) => state === undefined || state.includes(name));
  const sum = [...counts.values()].reduce((all, each) => asked.reduce((total, name) => total + each[name], all), 0);
  return { count: sum, isMore: false };
}
