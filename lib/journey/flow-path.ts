import type { Flow, Step } from "#lib/flow/flow-version.ts";
import type { StepId } from "#lib/id/id.ts";

/** The graph of a flow's steps, worked out once per declaration. */
export interface FlowPath {
  /** Predecessors before successors; otherwise in order of declaration. */
  readonly order: readonly Step[];
  readonly steps: ReadonlyMap<StepId, Step>;
  /** Place in the declaration, from 0. */
  readonly places: ReadonlyMap<StepId, number>;
  /** Every step above, nearest ring not distinguished. */
  readonly ancestors: ReadonlyMap<StepId, ReadonlySet<StepId>>;
  readonly descendants: ReadonlyMap<StepId, ReadonlySet<StepId>>;
}

export const predecessorsOf = (step: Step): readonly StepId[] => (step.after.length > 0 ? step.after : step.afterAny);

const paths = new WeakMap<Flow, FlowPath>();

export function pathOf(flow: Flow): FlowPath {
  const known = paths.get(flow);
  if (known !== undefined) return known;
  const path = toPath(flow);
  paths.set(flow, path);
  return path;
}

function toPath(flow: Flow): FlowPath {
  const steps = new Map(flow.steps.map((step) => [step.id, step]));
  const order: Step[] = [];
  const ancestors = new Map<StepId, Set<StepId>>();
  // Flows are checked for cycles before they are saved; a step met again while it is being placed is passed over all the same.
  const place = (step: Step): Set<StepId> => {
    const placed = ancestors.get(step.id);
    if (placed !== undefined) return placed;
    const above = new Set<StepId>();
    ancestors.set(step.id, above);
    for (const id of predecessorsOf(step)) {
      const predecessor = steps.get(id);
      if (predecessor === undefined) continue;
      above.add(id);
      for (const ancestor of place(predecessor)) above.add(ancestor);
    }
    order.push(step);
    return above;
  };
  for (const step of flow.steps) place(step);
  const descendants = new Map<StepId, Set<StepId>>(flow.steps.map((step) => [step.id, new Set()]));
  for (const [id, above] of ancestors) for (const ancestor of above) descendants.get(ancestor)?.add(id);
  return { order, steps, places: new Map(flow.steps.map((step, place) => [step.id, place])), ancestors, descendants };
}
