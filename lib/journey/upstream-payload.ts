import type { Finding } from "#lib/contract/check-result.ts";
import type { StepId } from "#lib/id/id.ts";
import type { Settling, Sighting } from "#lib/journey/sighting.ts";
import { payloadEvent } from "#lib/journey/step-facts.ts";
import type { Survey, SurveyedStep } from "#lib/journey/survey.ts";

/** A payload seen above a step, judged by that step's contract. */
export interface JudgedPayload {
  /** Where it was seen. */
  readonly at: SurveyedStep;
  readonly by: Settling | Sighting;
  /** Empty where nothing is wrong or nothing can be said. */
  readonly findings: readonly Finding[];
  /** Fields that can't be judged any more, because their text had been masked. */
  readonly unsure: readonly string[];
}

/** The newest payload of every step above, in order of the path; empty where the step has no contract. */
export function upstreamPayloads({ step }: SurveyedStep, survey: Survey): readonly JudgedPayload[] {
  if (step.contract === undefined) return [];
  const above = survey.path.ancestors.get(step.id);
  return survey.path.order.flatMap(({ id }) => {
    const at = survey.byId.get(id);
    if (above?.has(id) !== true || at?.facts?.payload === undefined) return [];
    const by = payloadEvent(at.facts);
    if (by === undefined) return [];
    const { breached, unsure } = at.facts.payload;
    return [{ at, by, findings: entryOf(breached, step.id), unsure: entryOf(unsure, step.id) }];
  });
}

/** The last of them by event time; at the same time, the one of the later declared step. */
export function lastPayload(payloads: readonly JudgedPayload[], survey: Survey): JudgedPayload | null {
  const place = ({ at }: JudgedPayload): number => survey.path.places.get(at.step.id) ?? 0;
  return payloads.reduce<JudgedPayload | null>((a, b) => {
    if (a === null) return b;
    return (b.by[0] - a.by[0] || place(b) - place(a)) > 0 ? b : a;
  }, null);
}

const entryOf = <T>(entries: readonly (readonly [StepId, readonly T[]])[] | undefined, step: StepId): readonly T[] =>
  entries?.find(([id]) => id === step)?.[1] ?? [];
