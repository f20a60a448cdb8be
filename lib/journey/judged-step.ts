import { toSourceId } from "#lib/id/id.ts";
import type { JudgedStep } from "#lib/journey/judgement.ts";
import type { StatedStep } from "#lib/journey/step-status.ts";
import { attemptsAt } from "#lib/journey/story.ts";

/** A step as it is answered. `at` is the time that settled it; `source` who said so, else who was last heard of it. */
export function toJudgedStep(stated: StatedStep): JudgedStep {
  const { step, status, settlement, dueAt } = stated;
  const seen = settlement.by ?? settlement.open.failed?.by ?? settlement.open.retrying?.by ?? settlement.open.received;
  const at = settlement.by?.[0];
  const shown = status === "not_expected" ? undefined : dueAt;
  return {
    id: step.id,
    system: step.system,
    status,
    ...(at !== undefined && { at }),
    ...(shown !== undefined && { dueAt: shown }),
    attempts: attemptsAt(stated),
    ...(seen !== undefined && { source: toSourceId(seen[1]) }),
  };
}
