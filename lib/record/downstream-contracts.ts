import type { FlowVersion, SchemaRef } from "#lib/flow/flow-version.ts";
import type { StepId } from "#lib/id/id.ts";
import { pathOf } from "#lib/journey/flow-path.ts";

/** A step further down with the contract it has. */
export interface DownstreamContract {
  readonly step: StepId;
  readonly contract: SchemaRef;
}

/** The contracts that a payload seen at this step will have to meet. */
export function downstreamContracts({ declaration }: FlowVersion, step: StepId): readonly DownstreamContract[] {
  const below = pathOf(declaration).descendants.get(step);
  return declaration.steps.flatMap(({ id, contract }) =>
    contract !== undefined && below?.has(id) === true ? [{ step: id, contract }] : [],
  );
}
