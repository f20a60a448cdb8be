import type { StepStatus } from "#lib/journey/judgement.ts";
import type { AssessContext } from "#lib/journey/judge-context.ts";
import type { Survey, SurveyedStep } from "#lib/journey/survey.ts";
import type { SourceWatermark } from "#lib/source/source.ts";

/** A step with its status at `now`. */
export interface StatedStep extends SurveyedStep {
  readonly status: StepStatus;
  /** Watermarks of its sources; asked only where the deadline has passed, else empty. */
  readonly eyes: readonly SourceWatermark[];
}

const notAsked: readonly SourceWatermark[] = [];

export function stateStep(surveyed: SurveyedStep, survey: Survey, context: AssessContext): StatedStep {
  const settled = statusFromFacts(surveyed, survey);
  if (settled !== null) return { ...surveyed, status: settled, eyes: notAsked };
  const { dueAt, step } = surveyed;
  if (dueAt === undefined || context.now <= dueAt) return { ...surveyed, status: "pending", eyes: notAsked };
  const eyes = context.eyes(step.id);
  const open = eyes.length > 0 && eyes.every(({ watermark }) => watermark > dueAt);
  return { ...surveyed, status: open ? "overdue" : "unknown", eyes };
}

/** The status where no clock decides it, else null: a required, expected, open step. */
function statusFromFacts(surveyed: SurveyedStep, survey: Survey): StepStatus | null {
  const { step, settlement, expected, passed, overtaken, dueAt } = surveyed;
  if (settlement.by !== null) {
    if (dueAt !== undefined && settlement.by[0] > dueAt) return "late";
    return settlement.skipped ? "skipped" : "settled";
  }
  if (passed) return "passed";
  if (survey.ended !== null || !expected) return "not_expected";
  const failed = settlement.open.failed !== undefined;
  if (step.ends) return "pending";
  if (step.optional) {
    if (overtaken) return "not_expected";
    return failed ? "failed" : "pending";
  }
  return failed ? "failed" : null;
}
