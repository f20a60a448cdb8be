import type { CheckResult } from "#lib/contract/check-result.ts";
import type { MaskFact, StoredEvent } from "#lib/event/hop-event.ts";
import type { Flow, FlowVersion, SchemaRef } from "#lib/flow/flow-version.ts";
import type { KeyType, StepId } from "#lib/id/id.ts";
import { compareTexts } from "#lib/journey/compare-texts.ts";
import { factsPlanOf } from "#lib/journey/facts-plan.ts";
import { mergeSorted } from "#lib/journey/merge-sorted.ts";
import { mergeStepFacts, type StepFacts } from "#lib/journey/step-facts.ts";
import { toStepFacts } from "#lib/journey/to-step-facts.ts";

/**
 * All that judging needs to know of the events of a unit (events of one flow that name the same primary, or no primary and the
 * same aliases) under one flow version. Plain JSON, small, and lists are sorted: equal facts are equal text. Facts of different versions never mix.
 */
export interface Facts {
  /** Earliest and latest event time, epoch ms; 0 where there is no event. */
  readonly first: number;
  readonly last: number;
  /** By step id; empty where no event matched a step. */
  readonly steps: readonly StepFacts[];
  /** Values of each alias that a step is counted by (`per`), both sorted. */
  readonly values?: readonly (readonly [type: KeyType, values: readonly string[]])[];
}

/** What `toFacts` needs of other rooms. */
export interface FactsTools {
  /** The step of this flow the event is at; lib/flow/match-step.ts. */
  readonly matchStep: (event: StoredEvent, flow: Flow) => StepId | "ambiguous_step" | null;
  /** Judges a masked value, for schemas whose result was not stored with the event; lib/contract/check-kept.ts. */
  readonly checkKept: (
    schema: SchemaRef,
    value: unknown,
    masks: Readonly<Record<string, MaskFact>>,
    base: string,
  ) => CheckResult;
}

export const emptyFacts: Facts = { first: 0, last: 0, steps: [] };

export const isEmpty = (facts: Facts): boolean => facts.steps.length === 0;

/** The facts of one event as it is kept; `emptyFacts` where it is at no step of this version. */
export function toFacts(event: StoredEvent, version: FlowVersion, tools: FactsTools): Facts {
  const step = tools.matchStep(event, version.declaration);
  if (step === null || step === "ambiguous_step") return emptyFacts;
  const plan = factsPlanOf(version);
  const stepPlan = plan.steps.get(step);
  if (stepPlan === undefined) return emptyFacts;
  const steps = [toStepFacts(event, stepPlan, plan, tools.checkKept)];
  const values = plan.perTypes.flatMap((type): [KeyType, readonly string[]][] => {
    const carried = event.keys[type] ?? [];
    return carried.length === 0 ? [] : [[type, [...new Set(carried)].toSorted(compareTexts)]];
  });
  const facts = { first: event.eventTime, last: event.eventTime, steps };
  return values.length === 0 ? facts : { ...facts, values };
}

/** Commutative, associative, idempotent; `emptyFacts` is neutral. Both must be of the same flow version. */
export function mergeFacts(a: Facts, b: Facts): Facts {
  if (isEmpty(b) || a === b) return a;
  if (isEmpty(a)) return b;
  const facts = {
    first: Math.min(a.first, b.first),
    last: Math.max(a.last, b.last),
    steps: mergeSorted(a.steps, b.steps, (x, y) => compareTexts(x.step, y.step), mergeStepFacts),
  };
  const values = mergeSorted(a.values ?? [], b.values ?? [], (x, y) => compareTexts(x[0], y[0]), joinValues);
  return values.length === 0 ? facts : { ...facts, values };
}

type Values = readonly [type: KeyType, values: readonly string[]];

const joinValues = (a: Values, b: Values): Values => [a[0], mergeSorted(a[1], b[1], compareTexts, (value) => value)];
