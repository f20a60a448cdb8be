import type { StepId } from "#lib/id/id.ts";
import { predecessorsOf } from "#lib/flow/path.ts";
import { sendTarget, sendTargetFor } from "#lib/journey/send-target.ts";
import { compareSightings, type Sighting } from "#lib/journey/sighting.ts";
import type { Survey, SurveyedStep } from "#lib/journey/survey.ts";

/** A send towards a step: from where, and its event. */
export interface Sent {
  readonly from: SurveyedStep;
  readonly by: Sighting;
}

/** Earliest `ok` send towards the step (DESIGN 5.1, Sends); for a `per` step, of a value that is missing there. */
export function sentTowards(target: SurveyedStep, survey: Survey): Sent | null {
  const { step, settlement } = target;
  const before = new Set(stepsBefore(target, survey).map(({ step: { id } }) => id));
  let first: Sent | null = null;
  for (const from of survey.steps) {
    if (from.step.id === step.id || from.facts?.sends === undefined) continue;
    const names: string[] = [step.id, step.system];
    if (before.has(from.step.id)) names.push(sendTarget(undefined));
    const { per } = step;
    const targets = new Set(
      per === undefined || settlement.missing.length === 0
        ? names
        : names.flatMap((name) => ["", ...settlement.missing].map((value) => sendTargetFor(name, per, value))),
    );
    for (const [to, by] of from.facts.sends) {
      if (targets.has(to) && (first === null || compareSightings(by, first.by) < 0)) first = { from, by };
    }
  }
  return first;
}

/** A settled step before this one that is known to send, and did not send towards this one. */
export function silentSender(target: SurveyedStep, survey: Survey): SurveyedStep | null {
  const senders = stepsBefore(target, survey).filter(({ step, settlement }) => step.sends && settlement.by !== null);
  return senders.length > 0 && sentTowards(target, survey) === null ? (senders[0] ?? null) : null;
}

/** Predecessors, and those of each that is looked through. */
function stepsBefore({ step }: SurveyedStep, survey: Survey): readonly SurveyedStep[] {
  const found = new Map<StepId, SurveyedStep>();
  const visit = (ids: readonly StepId[]): void => {
    for (const id of ids) {
      const before = survey.byId.get(id);
      if (before === undefined || found.has(id)) continue;
      found.set(id, before);
      const lookedThrough =
        before.settlement.by === null && !before.passed && (before.step.optional || !before.expected);
      if (lookedThrough) visit(predecessorsOf(before.step));
    }
  };
  visit(predecessorsOf(step));
  return [...found.values()];
}
