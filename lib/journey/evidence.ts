import type { Assessment } from "#lib/journey/assess.ts";
import type { Cause } from "#lib/journey/cause.ts";
import {
  attemptEvidence,
  endedEvidence,
  neverReportedEvidence,
  outageEvidence,
  passedEvidence,
  perEvidence,
  placeEvidence,
  receivedEvidence,
  sentEvidence,
  neverSentEvidence,
  undecidedEvidence,
  watermarkEvidence,
} from "#lib/journey/evidence-of-steps.ts";
import { contractEvidence, fieldChangeEvidence } from "#lib/journey/evidence-of-fields.ts";
import type { Evidence } from "#lib/journey/judgement.ts";
import type { StatedStep } from "#lib/journey/step-status.ts";
import type { Wordings } from "#lib/journey/wording.ts";

/** What the verdict rests on, most telling first. */
export function evidenceOf(assessment: Assessment, say: Wordings): readonly Evidence[] {
  const { broken } = assessment;
  return [
    ...(broken === null ? [] : causeEvidence(broken.step, broken.cause, assessment, say)),
    ...endedEvidence(assessment, say),
    ...(broken === null ? [] : perEvidence(broken.step, say)),
    ...placeEvidence(assessment, say),
    ...passedEvidence(assessment, say),
    ...(broken === null ? [] : eyesEvidence(broken.step, say)),
    ...undecidedEvidence(assessment, say),
  ];
}

function causeEvidence(step: StatedStep, cause: Cause, { survey }: Assessment, say: Wordings): readonly Evidence[] {
  return [
    ...attemptEvidence(step, cause, say),
    ...contractEvidence(step, cause, say),
    ...fieldChangeEvidence(step, cause, survey, say),
    ...receivedEvidence(step, cause, say),
    ...sentEvidence(step, cause, say),
    ...neverSentEvidence(cause, say),
    ...outageEvidence(step, cause, say),
  ];
}

function eyesEvidence(step: StatedStep, say: Wordings): readonly Evidence[] {
  if (step.status === "unknown" && step.eyes.length === 0) return neverReportedEvidence(step, say);
  return watermarkEvidence(step, say);
}
