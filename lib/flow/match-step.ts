import type { HopEvent } from "#lib/event/hop-event.ts";
import type { Flow, Step } from "#lib/flow/flow-version.ts";
import type { KeyType, StepId } from "#lib/id/id.ts";

/** What of an event decides where it belongs. */
export type MatchableEvent = Pick<HopEvent, "flow" | "step" | "system" | "point" | "keys">;

/** The key types of a flow: those that match events and link records. Searchable types do neither. */
export const linkTypesOf = (flow: Flow): readonly KeyType[] => [flow.primary, ...flow.aliases];

/** Whether what the event names of step, system and point agrees with the step; what either leaves out never disagrees. */
export const agreesWith = (event: MatchableEvent, step: Step): boolean =>
  (event.step === undefined || event.step === step.id) &&
  (event.system === undefined || event.system === step.system) &&
  (event.point === undefined || step.point === undefined || event.point === step.point);

/**
 * The step of the flow that an event belongs to; null where it belongs to none. Two candidates are `ambiguous_step`
 * (no step may have that id): a step with `point` does not win over one without.
 */
export const matchStep = (event: MatchableEvent, flow: Flow): StepId | "ambiguous_step" | null => {
  if (event.flow !== undefined && event.flow !== flow.flow) return null;
  if (event.step === undefined && event.system === undefined) return null;
  if (!linkTypesOf(flow).some((type) => Object.hasOwn(event.keys, type))) return null;
  let found: StepId | null = null;
  for (const step of flow.steps) {
    if (!agreesWith(event, step)) continue;
    if (found !== null) return "ambiguous_step";
    found = step.id;
  }
  return found;
};
