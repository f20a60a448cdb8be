import type { FlowVersion } from "#lib/flow/flow-version.ts";
import type { StepId } from "#lib/id/id.ts";
import { brokenSince, brokenStepOf } from "#lib/journey/broken-step.ts";
import { causeOf, type Cause } from "#lib/journey/cause.ts";
import type { Facts } from "#lib/journey/facts.ts";
import type { AssessContext } from "#lib/journey/judge-context.ts";
import { isCompleted, type JourneyState, type Wake } from "#lib/journey/judgement.ts";
import { stateStep, type StatedStep } from "#lib/journey/step-status.ts";
import { isRequired, surveyOf, type Survey } from "#lib/journey/survey.ts";
import { wakeOf } from "#lib/journey/wake.ts";

/** A judgement without its words: what lists, counts and the watcher store. `judge` puts it into sentences. */
export interface Assessment {
  readonly state: JourneyState;
  readonly survey: Survey;
  /** In order of declaration. */
  readonly steps: readonly StatedStep[];
  /** The step the verdict names, and why it is broken; null where nothing is. */
  readonly broken: { readonly step: StatedStep; readonly cause: Cause } | null;
  /** Earliest open failed event, or the deadline; for a journey without trouble its start. */
  readonly since: number;
  readonly endedBy: StepId | undefined;
  readonly startedAt: number;
  readonly lastEventAt: number;
  readonly wake: Wake;
}

/** Pure and without sentences: cheap enough for every event. `facts` hold at least one event, made under this version. */
export function assess(facts: Facts, version: FlowVersion, context: AssessContext): Assessment {
  const survey = surveyOf(facts, version, context.calendars);
  const stated = survey.steps.map((step) => stateStep(step, survey, context));
  const broken = survey.ended === null ? brokenStepOf(stated, survey.path) : null;
  const state = broken === null ? unbrokenState(stated, survey) : brokenState(broken);
  const done = isCompleted(state);
  const steps = done ? stated.map(closeStep) : stated;
  return {
    state,
    survey,
    steps,
    broken: broken === null ? null : { step: broken, cause: causeOf(broken, survey, context) },
    since: broken === null ? facts.first : brokenSince(broken),
    endedBy: survey.ended?.step,
    startedAt: facts.first,
    lastEventAt: facts.last,
    wake: wakeOf(steps),
  };
}

/** A journey's state is the status of the step its verdict names. */
function brokenState({ status }: StatedStep): JourneyState {
  return status === "failed" || status === "overdue" ? status : "unknown";
}

function unbrokenState(steps: readonly StatedStep[], { ended }: Survey): JourneyState {
  if (ended !== null) return "completed";
  const settled = steps.some(({ settlement }) => settlement.by !== null);
  const open = steps.some(
    ({ step, expected, passed, settlement }) => isRequired(step) && expected && !passed && settlement.by === null,
  );
  if (!settled || open) return "in_progress";
  return steps.some(({ status }) => status === "late") ? "completed_late" : "completed";
}

/** Once a journey is complete, what did not happen is no longer expected. */
function closeStep(step: StatedStep): StatedStep {
  return step.status === "pending" ? { ...step, status: "not_expected" } : step;
}
