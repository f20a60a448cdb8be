import type { FlowId } from "#lib/id/id.ts";
import { journeyIdOf } from "#lib/storage/elasticsearch/journey-document.ts";
import { toTerm } from "#lib/storage/elasticsearch/search-term.ts";
import type { JourneyId, JourneyQuery, TroubleFilter, TroubleQuery } from "#lib/storage/journey-index.ts";

/** The part of the cluster's query language that is needed: whether a document fits, without a score. */
export type Condition =
  | {
      readonly bool: {
        filter: Condition[];
        must_not: Condition[];
        should?: Condition[];
        minimum_should_match?: number;
      };
    }
  | { readonly term: Record<string, string> }
  | { readonly terms: Record<string, string[] | number[]> }
  | { readonly range: Record<string, Range<string> | Range<number>> }
  | { readonly exists: { readonly field: string } }
  | { readonly ids: { readonly values: string[] } };

interface Range<Value> {
  readonly gte?: Value;
  readonly lte?: Value;
  readonly lt?: Value;
}

const troubleFields = ["step", "reason", "errorClass", "field", "system", "point", "signature"] as const;

/** All of these, in filter context: nothing is scored. */
export const allOf = (conditions: readonly Condition[], noneOf: readonly Condition[] = []): Condition => ({
  bool: { filter: [...conditions], must_not: [...noneOf] },
});

export const anyOf = (conditions: readonly Condition[]): Condition => ({
  bool: { filter: [], must_not: [], should: [...conditions], minimum_should_match: 1 },
});

export const isOfFlow = (flow: FlowId): Condition => ({ term: { flow: toTerm(flow) } });

const isOfFlows = (flows: readonly FlowId[]): Condition => ({ terms: { flow: [...new Set(flows)].map(toTerm) } });

/** Has a reason. */
export const isInTrouble: Condition = { exists: { field: "kind" } };

/** Narrowing by any of these narrows to journeys in trouble; null: those that have none of it. */
const troubleConditions = (query: TroubleFilter): readonly Condition[] => {
  const conditions = troubleFields.flatMap((field): readonly Condition[] => {
    const value = query[field];
    if (value === undefined) return [];
    return [hasValue(field, value)];
  });
  return conditions.length === 0 ? [] : [isInTrouble, ...conditions];
};

export const hasValue = (field: (typeof troubleFields)[number], value: string | null): Condition =>
  value === null ? allOf([], [{ exists: { field } }]) : { term: { [field]: toTerm(value) } };

/** from ≤ value < to; an end that is not given is open. */
const within = (field: "startedAt" | "since", from?: number, to?: number): readonly Condition[] =>
  from === undefined && to === undefined
    ? []
    : [{ range: { [field]: { ...(from !== undefined && { gte: from }), ...(to !== undefined && { lt: to }) } } }];

/** Ids in one condition: their number is bounded by what people close by hand, their text by this. */
const idsPerCondition = 10_000;

/** Journeys closed by hand that are not completed; null where none was closed in these flows. */
export const isClosed = (flows: readonly FlowId[], closed: readonly JourneyId[] = []): Condition | null => {
  const visible = new Set(flows);
  const ids = [
    ...new Set(closed.filter(({ flow }) => visible.has(flow)).map(({ flow, primary }) => journeyIdOf(flow, primary))),
  ];
  if (ids.length === 0) return null;
  const parts = Array.from({ length: Math.ceil(ids.length / idsPerCondition) }, (_, part): Condition => ({
    ids: { values: ids.slice(part * idsPerCondition, (part + 1) * idsPerCondition) },
  }));
  return {
    bool: {
      filter: [anyOf(parts)],
      must_not: [{ terms: { state: ["completed", "completed_late"] } }],
    },
  };
};

const leavingOut = (flows: readonly FlowId[], closed: readonly JourneyId[] | undefined): readonly Condition[] => {
  const hidden = isClosed(flows, closed);
  return hidden === null ? [] : [hidden];
};

/** Everything a list is narrowed by, but the form of a key; null where nothing can be found. */
export const journeyCondition = (query: JourneyQuery): Condition | null => {
  if (query.flows.length === 0 || query.states?.length === 0) return null;
  return allOf(
    [
      isOfFlows(query.flows),
      ...(query.states === undefined ? [] : [{ terms: { state: [...query.states] } }]),
      ...troubleConditions(query),
      ...within("startedAt", query.from, query.to),
      ...within("since", query.sinceFrom, query.sinceTo),
    ],
    leavingOut(query.flows, query.closed),
  );
};

/** Journeys in trouble with `since` in the time asked for; null where nothing can be found. */
export const troubleCondition = (query: TroubleQuery): Condition | null => {
  if (query.flows.length === 0 || query.states?.length === 0 || query.from >= query.to) return null;
  return allOf(
    [
      isInTrouble,
      isOfFlows(query.flows),
      ...(query.states === undefined ? [] : [{ terms: { state: [...query.states] } }]),
      ...troubleConditions(query),
      ...within("since", query.from, query.to),
    ],
    leavingOut(query.flows, query.closed),
  );
};

/** Journeys of these flows that began in [from, to). */
export const startedCondition = (flows: readonly FlowId[], from: number, to: number): Condition =>
  allOf([isOfFlows(flows), ...within("startedAt", from, to)]);
