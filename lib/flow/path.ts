import type { Flow, Step } from "#lib/flow/flow-version.ts";
import type { StepId } from "#lib/id/id.ts";

/** How the steps of a flow follow each other. All lists are in the order of the path, ties in order of declaration. */
export interface FlowPath {
  /** Every step after those it waits for. */
  readonly order: readonly StepId[];
  step(id: StepId): Step | undefined;
  /** The steps it waits for: `after` or `afterAny`. */
  predecessors(id: StepId): readonly StepId[];
  /** The steps that wait for it. */
  successors(id: StepId): readonly StepId[];
  /** Everything above, the step itself left out. */
  ancestors(id: StepId): readonly StepId[];
  /** Everything below, the step itself left out. */
  descendants(id: StepId): readonly StepId[];
}

type StepLinks = Pick<Step, "id" | "after" | "afterAny">;

export const predecessorsOf = (step: Pick<Step, "after" | "afterAny">): readonly StepId[] =>
  step.afterAny.length > 0 ? step.afterAny : step.after;

/**
 * Steps so that each stands behind those it waits for; of those that could stand next, the first declared.
 * Steps on or behind a cycle are left out: what is missing from the answer is how a cycle shows.
 */
const orderSteps = (steps: readonly StepLinks[]): readonly StepId[] => {
  const known = new Set(steps.map((step) => step.id));
  const placed = new Set<StepId>();
  const order: StepId[] = [];
  for (;;) {
    const next = steps.find(
      (step) => !placed.has(step.id) && predecessorsOf(step).every((id) => placed.has(id) || !known.has(id)),
    );
    if (next === undefined) return order;
    placed.add(next.id);
    order.push(next.id);
  }
};

/** One cycle, as it is walked: `["paid", "posted", "paid"]`; null where there is none. */
export const findCycle = (steps: readonly StepLinks[]): readonly StepId[] | null => {
  const ordered = new Set(orderSteps(steps));
  const stuck = new Map(steps.filter((step) => !ordered.has(step.id)).map((step) => [step.id, step]));
  // A stuck step waits for a stuck step, so walking upwards must come round.
  const walked: StepId[] = [];
  let at = stuck.keys().next().value;
  while (at !== undefined) {
    const seen = walked.indexOf(at);
    if (seen >= 0) return [...walked.slice(seen), at].toReversed();
    walked.push(at);
    at = predecessorsOf(stuck.get(at) ?? { after: [], afterAny: [] }).find((id) => stuck.has(id));
  }
  return null;
};

/** The path of a parsed flow (no cycles, no unknown steps). */
export const toFlowPath = (flow: Pick<Flow, "steps">): FlowPath => {
  const steps = new Map(flow.steps.map((step) => [step.id, step]));
  const order = orderSteps(flow.steps);
  const place = new Map(order.map((id, at) => [id, at]));
  const inOrder = (ids: Iterable<StepId>): readonly StepId[] =>
    [...new Set(ids)].toSorted((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0));

  const above = new Map<StepId, readonly StepId[]>();
  const below = new Map<StepId, StepId[]>(order.map((id) => [id, []]));
  for (const step of flow.steps) {
    above.set(step.id, predecessorsOf(step));
    for (const id of predecessorsOf(step)) below.get(id)?.push(step.id);
  }
  const successors = new Map(order.map((id) => [id, inOrder(below.get(id) ?? [])]));

  const ancestors = reach(order, above, inOrder);
  const descendants = reach(order.toReversed(), successors, inOrder);
  return {
    order,
    step: (id) => steps.get(id),
    predecessors: (id) => above.get(id) ?? [],
    successors: (id) => successors.get(id) ?? [],
    ancestors: (id) => ancestors.get(id) ?? [],
    descendants: (id) => descendants.get(id) ?? [],
  };
};

/** What can be reached from each step; `order` has every step behind those it reaches directly. */
const reach = (
  order: readonly StepId[],
  direct: ReadonlyMap<StepId, readonly StepId[]>,
  inOrder: (ids: Iterable<StepId>) => readonly StepId[],
): ReadonlyMap<StepId, readonly StepId[]> => {
  const reached = new Map<StepId, readonly StepId[]>();
  for (const id of order) {
    const next = direct.get(id) ?? [];
    reached.set(id, inOrder(next.flatMap((other) => [other, ...(reached.get(other) ?? [])])));
  }
  return reached;
};
