import type { Flow, Step } from "#lib/flow/flow-version.ts";
import { toFlowPath } from "#lib/flow/path.ts";
import type { StepId } from "#lib/id/id.ts";

/** The path of a flow as judging asks it, worked out once per declaration. */
export interface JudgePath {
  /** Every step after those it waits for. */
  readonly order: readonly Step[];
  /** Place in the declaration, from 0. */
  readonly places: ReadonlyMap<StepId, number>;
  /** Every step above each. */
  readonly ancestors: ReadonlyMap<StepId, ReadonlySet<StepId>>;
  /** Every step below each. */
  readonly descendants: ReadonlyMap<StepId, ReadonlySet<StepId>>;
}

const paths = new WeakMap<Flow, JudgePath>();

export function pathOf(flow: Flow): JudgePath {
  const known = paths.get(flow);
  if (known !== undefined) return known;
  const path = toFlowPath(flow);
  const judged: JudgePath = {
    order: path.order.flatMap((id) => path.step(id) ?? []),
    places: new Map(flow.steps.map(({ id }, place) => [id, place])),
    ancestors: new Map(path.order.map((id) => [id, new Set(path.ancestors(id))])),
    descendants: new Map(path.order.map((id) => [id, new Set(path.descendants(id))])),
  };
  paths.set(flow, judged);
  return judged;
}
