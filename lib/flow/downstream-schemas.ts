import type { Flow, SchemaRef, Step } from "#lib/flow/flow-version.ts";
import type { StepId } from "#lib/id/id.ts";
import { toFlowPath, type FlowPath } from "#lib/flow/path.ts";

/** What has to be judged of an event before it is masked. Each schema once. */
export interface DownstreamSchemas {
  /** Contracts, judged on the payload. */
  readonly contracts: readonly SchemaRef[];
  /** `when`s, judged on `{ attributes, payload }`. */
  readonly whens: readonly SchemaRef[];
}

const none: DownstreamSchemas = { contracts: [], whens: [] };

/**
 * For an event at each step of a flow: the contracts of every step below, and the `when` of every step whose deadline may
 * count from there. A predecessor that is optional or has a `when` may be looked through, so the steps above it count too.
 */
export const toDownstreamSchemas = (flow: Flow): ((step: StepId) => DownstreamSchemas) => {
  const path = toFlowPath(flow);
  const contracts = new Map<StepId, Map<string, SchemaRef>>();
  const whens = new Map<StepId, Map<string, SchemaRef>>();
  for (const step of flow.steps) {
    if (step.contract !== undefined) for (const id of path.ancestors(step.id)) add(contracts, id, step.contract);
    if (step.when !== undefined) for (const id of countedFrom(step.id, path)) add(whens, id, step.when);
  }
  const byStep = new Map(
    flow.steps.map(({ id }): [StepId, DownstreamSchemas] => [
      id,
      { contracts: [...(contracts.get(id)?.values() ?? [])], whens: [...(whens.get(id)?.values() ?? [])] },
    ]),
  );
  return (id) => byStep.get(id) ?? none;
};

const add = (index: Map<StepId, Map<string, SchemaRef>>, id: StepId, ref: SchemaRef): void => {
  const refs = index.get(id) ?? new Map<string, SchemaRef>();
  refs.set(ref.hash, ref);
  index.set(id, refs);
};

const mayBeLookedThrough = (step: Step | undefined): boolean =>
  step !== undefined && (step.optional || step.when !== undefined);

const countedFrom = (id: StepId, path: FlowPath): ReadonlySet<StepId> => {
  const found = new Set<StepId>();
  const visit = (at: StepId): void => {
    for (const before of path.predecessors(at)) {
      if (found.has(before)) continue;
      found.add(before);
      if (mayBeLookedThrough(path.step(before))) visit(before);
    }
  };
  visit(id);
  return found;
};
