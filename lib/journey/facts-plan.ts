import type { FlowVersion, SchemaRef, Step } from "#lib/flow/flow-version.ts";
import type { KeyType, StepId } from "#lib/id/id.ts";
import { predecessorsOf } from "#lib/flow/path.ts";
import { pathOf } from "#lib/journey/flow-path.ts";

/** A schema that a later step wants tested on the events of an earlier one. */
export interface LaterSchema {
  readonly step: StepId;
  readonly schema: SchemaRef;
}

export interface StepPlan {
  readonly step: Step;
  /** `when`s that may read the settling event of this step. */
  readonly whens: readonly LaterSchema[];
  /** Contracts of every step below. */
  readonly contracts: readonly LaterSchema[];
}

/** What to look for in the events of a flow version, worked out once: `toFacts` runs for every event. */
export interface FactsPlan {
  /** Aliases that some step is counted by, sorted. */
  readonly perTypes: readonly KeyType[];
  /** Ids and systems that a send may be addressed to. */
  readonly targets: ReadonlySet<string>;
  readonly steps: ReadonlyMap<StepId, StepPlan>;
}

const plans = new WeakMap<FlowVersion, FactsPlan>();

export function factsPlanOf(version: FlowVersion): FactsPlan {
  const known = plans.get(version);
  if (known !== undefined) return known;
  const plan = toPlan(version);
  plans.set(version, plan);
  return plan;
}

function toPlan({ declaration }: FlowVersion): FactsPlan {
  const path = pathOf(declaration);
  const perTypes = new Set(declaration.steps.flatMap((step) => step.per ?? []));
  const stepPlans = declaration.steps.map((step): [StepId, StepPlan] => {
    const below = declaration.steps.filter((other) => path.descendants.get(step.id)?.has(other.id));
    const contracts = below.flatMap(({ id, contract }) =>
      contract === undefined ? [] : [{ step: id, schema: contract }],
    );
    const whens = readersOf(step, declaration.steps).flatMap(({ id, when }) =>
      when === undefined ? [] : [{ step: id, schema: when }],
    );
    return [step.id, { step, whens, contracts }];
  });
  return {
    perTypes: [...perTypes].toSorted(),
    targets: new Set<string>(declaration.steps.flatMap(({ id, system }) => [id, system])),
    steps: new Map(stepPlans),
  };
}

/** Steps whose deadline may count from this one: its successors, and past each that can be looked through, theirs. */
function readersOf(step: Step, steps: readonly Step[]): readonly Step[] {
  const readers = new Set<Step>();
  const visit = (id: StepId): void => {
    for (const next of steps) {
      if (!predecessorsOf(next).includes(id) || readers.has(next)) continue;
      readers.add(next);
      if (next.optional || next.when !== undefined) visit(next.id);
    }
  };
  visit(step.id);
  return steps.filter((next) => readers.has(next));
}
