import type { EventAnswer, JourneyAnswer, NamesAnswer } from "#lib/record/record-answer.ts";

type Shape = NamesAnswer["shape"];

/** A step of the path with the event whose payload stands for it. */
export interface PayloadStep {
  readonly step: string;
  readonly system: string;
  readonly event: EventAnswer;
}

const predecessorsOf = (shape: Shape, id: string): readonly string[] => {
  const step = shape.find((each) => each.id === id);
  return step === undefined ? [] : [...step.after, ...step.afterAny];
};

/** The step and all that lead to it. */
function pathTo(shape: Shape, target: string): ReadonlySet<string> {
  const path = new Set<string>();
  const visit = (id: string): void => {
    if (path.has(id)) return;
    path.add(id);
    for (const before of predecessorsOf(shape, id)) visit(before);
  };
  visit(target);
  return path;
}

/** Every step after its predecessors, otherwise in the order of declaration. */
function inPathOrder(shape: Shape): readonly string[] {
  const order = new Set<string>();
  const visit = (id: string): void => {
    if (order.has(id)) return;
    for (const before of predecessorsOf(shape, id)) visit(before);
    order.add(id);
  };
  for (const step of shape) visit(step.id);
  return [...order];
}

/**
 * The step whose contract the table is about: the broken one, else one that a contract's warning names.
 * Null: nothing is wrong.
 */
export function contractStep(journey: JourneyAnswer): string | null {
  if (journey.verdict.step !== null) return journey.verdict.step;
  const warned = journey.warnings.find((warning) => warning.kind === "contract" && warning.hop !== null);
  return warned?.hop?.split("..")[1] ?? null;
}

/** As a contract reads it: of each step the payload with the latest event time, whatever the outcome. */
export function payloadSteps(journey: JourneyAnswer, target: string | null): readonly PayloadStep[] {
  const newest = new Map<string, EventAnswer>();
  for (const event of journey.events) {
    if (event.matchedStep === undefined || event.payload === undefined) continue;
    const known = newest.get(event.matchedStep);
    if (known === undefined || event.time > known.time) newest.set(event.matchedStep, event);
  }
  const { shape } = journey.names;
  const path = target === null ? null : pathTo(shape, target);
  return inPathOrder(shape).flatMap((step) => {
    const event = newest.get(step);
    if (event === undefined || (path !== null && !path.has(step))) return [];
    const system = journey.steps.find((each) => each.id === step)?.system ?? event.system ?? "";
    return [{ step, system, event }];
  });
}
