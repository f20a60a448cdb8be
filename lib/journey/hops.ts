import { predecessorsOf } from "#lib/flow/path.ts";
import type { StepId } from "#lib/id/id.ts";
import { hopName } from "#lib/journey/hop-name.ts";
import type { JudgedHop } from "#lib/journey/judgement.ts";
import { sendTarget } from "#lib/journey/send-target.ts";
import { earliest, type Sighting } from "#lib/journey/sighting.ts";
import type { StatedStep } from "#lib/journey/step-status.ts";
import type { SurveyedStep } from "#lib/journey/survey.ts";

/**
 * Every declared hop, and where steps were looked through the hop that was taken instead (`placed..posted` past an optional `paid`).
 * In order of declaration.
 */
export function hopsOf(steps: readonly StatedStep[], skewMs: (hop: string) => number | null): readonly JudgedHop[] {
  const byId = new Map(steps.map((stated) => [stated.step.id, stated]));
  return steps.flatMap((to) => {
    const sources = new Set<StepId>(predecessorsOf(to.step));
    if (to.origin.kind === "step") sources.add(to.origin.step);
    return [...sources].map((from) => toHop(from, byId.get(from), to, skewMs));
  });
}

function toHop(
  id: StepId,
  from: SurveyedStep | undefined,
  to: StatedStep,
  skewMs: (hop: string) => number | null,
): JudgedHop {
  const startedAt = from?.settlement.by?.[0];
  const endedAt = to.settlement.by?.[0];
  const sent = from && sendTo(from, to);
  const received = receiveAt(to);
  return {
    from: id,
    to: to.step.id,
    ...(startedAt !== undefined && endedAt !== undefined && { latencyMs: endedAt - startedAt }),
    ...(sent !== undefined && received !== undefined && { queueMs: received[0] - sent[0] }),
    status: to.status,
    skewed: skewMs(hopName(id, to.step.id)) !== null,
  };
}

function sendTo({ facts }: SurveyedStep, { step }: SurveyedStep): Sighting | undefined {
  const targets: readonly string[] = [sendTarget(undefined), step.id, step.system];
  return (facts?.sends ?? []).reduce<Sighting | undefined>(
    (first, [target, by]) => (targets.includes(target) ? earliest(first, by) : first),
    undefined,
  );
}

/** Earliest receive at a step, of any value. */
function receiveAt({ facts }: SurveyedStep): Sighting | undefined {
  return (facts?.values ?? []).reduce((first, [, track]) => earliest(first, track.received), facts?.received);
}
