import type { JourneysAnswer, JourneysQuery, ListedJourney } from "#lib/api/journeys-schema.ts";
import { toStepId } from "#lib/id/id.ts";
import { namesOf, type Names } from "#lib/journey/names.ts";
import { titleIn } from "#lib/people/title-in.ts";
import { knownFlows, visibleFlows, type KnownFlow } from "#lib/read/known-flows.ts";
import { listJourneys } from "#lib/read/list-journeys.ts";
import type { ReadContext, ReadStores } from "#lib/read/read-context.ts";
import type { JourneyLine, JourneyList } from "#lib/search/journey-list.ts";
import type { Language } from "#lib/time-text/duration-text.ts";

/** The list of records as a page shows it: the read API's list, with names. */
export async function listJourneyLines(
  stores: ReadStores,
  query: JourneysQuery,
  context: ReadContext,
  language: Language,
): Promise<JourneyList> {
  const known = await knownFlows(stores.definitions);
  const flows = new Map<string, KnownFlow>(visibleFlows(known, context.role).map((flow) => [flow.flow, flow]));
  const names = new Map<string, Names>(
    [...flows.values()].map(({ flow, newest }) => [flow, namesOf(newest.declaration, known.people, language)]),
  );
  const [{ items, next }, count] = await Promise.all([
    listJourneys(stores, query, context),
    countAll(stores, query, [...flows.values()]),
  ]);
  const nameOfFlow = (id: string): string => titleIn(flows.get(id)?.newest.declaration.title, language, id);
  const { flow, step, system } = query;
  return {
    lines: items.map((item) =>
      toLine(item, { flow: flows.get(item.flow), names: names.get(item.flow), flowName: nameOfFlow(item.flow) }),
    ),
    next,
    count,
    names: {
      ...(flow !== undefined && { flow: nameOfFlow(flow) }),
      ...(step !== undefined && {
        step: (flow === undefined ? undefined : names.get(flow))?.step(toStepId(step)) ?? step,
      }),
      ...(system !== undefined && { system: titleIn(known.people.systems[system]?.title, language, system) }),
    },
  };
}

function toLine(
  item: JourneysAnswer["items"][number],
  {
    flow,
    names,
    flowName,
  }: { readonly flow: KnownFlow | undefined; readonly names: Names | undefined; readonly flowName: string },
): JourneyLine {
  const stepOf = (id: string): string => names?.step(toStepId(id)) ?? id;
  return {
    flow: item.flow,
    flowName,
    primaryType: flow?.types.primary ?? "_",
    primary: item.primary,
    state: item.state,
    reason: item.reason,
    field: item.field ?? null,
    fromName: fromOf(item, stepOf),
    stepName: item.step === null ? null : stepOf(item.step),
    since: Date.parse(item.since),
    startedAt: Date.parse(item.startedAt),
    lateByMs: item.lateByMs ?? null,
  };
}

const fromOf = ({ hop }: ListedJourney, nameOf: (id: string) => string): string | null => {
  const from = hop?.split("..", 1)[0];
  return from === undefined || from === "" ? null : nameOf(from);
};

/** Known without reading them all: those that fail alike, and those of whole flows or states. */
async function countAll(
  { journeys }: ReadStores,
  query: JourneysQuery,
  flows: readonly KnownFlow[],
): Promise<number | null> {
  const { flow, step, reason, state, field, system, point, signature, from, to, q, closed } = query;
  if (closed === true) return null;
  if ([system, point, signature, from, to, q].some((each) => each !== undefined)) return null;
  const own = flows.filter((each) => flow === undefined || each.flow === flow).map((each) => each.flow);
  if (step !== undefined || reason !== undefined || field !== undefined || query.class !== undefined) {
    const [only] = own;
    // `outage` is told when read and has no count of its own
    if (flow === undefined || step === undefined || reason === undefined || only === undefined || state !== undefined)
      return null;
    if (reason === "outage" || reason === "not_seen") return null;
    const alike = { flow: only, step: toStepId(step), reason, errorClass: query.class ?? null, field: field ?? null };
    return (await journeys.countAlike(alike)).count;
  }
  const counts = await journeys.countByState(own);
  return [...counts.values()].reduce(
    (sum, each) =>
      sum +
      Object.entries(each).reduce(
        (all, [name, count]) => (state === undefined || state.some((one) => one === name) ? all + count : all),
        0,
      ),
    0,
  );
}
