import type { StepId } from "#lib/id/id.ts";
import type { Assessment } from "#lib/journey/assess.ts";
import type { Cause } from "#lib/journey/cause.ts";
import type { StatedStep } from "#lib/journey/step-status.ts";
import { isRequired } from "#lib/journey/survey.ts";

/** Where a record was last seen. */
export interface Place {
  readonly step: StepId;
  readonly at: number;
}

/** What the sentence has to tell, in the order it is told: record, last place, where it never came, due and late, cause. */
export interface Story {
  readonly record: string;
  readonly startedAt: number;
  readonly endedBy: Place | null;
  /** null: nothing has settled yet. */
  readonly last: Place | null;
  /** Failed attempts that healed: on settled steps. */
  readonly healedAttempts: number;
  /** Required steps that nobody reported and that the record went past. */
  readonly passed: readonly StepId[];
  readonly broken: { readonly step: StatedStep; readonly cause: Cause } | null;
  /** For a journey completed late: the step that was latest. */
  readonly latest: (Place & { readonly dueAt: number }) | null;
  /** For a journey under way: what comes next. */
  readonly next: { readonly step: StepId; readonly dueAt: number | undefined; readonly attempts: number } | null;
  /** Overdue by how much; absent before the deadline and where it can't be told. */
  readonly lateByMs: number | undefined;
}

export function storyOf(assessment: Assessment, record: string, now: number): Story {
  const { steps, broken, survey } = assessment;
  return {
    record,
    startedAt: assessment.startedAt,
    endedBy: survey.ended,
    last: broken === null ? lastOf(steps) : lastBefore(broken.step, assessment),
    healedAttempts: steps.reduce((sum, step) => sum + (step.settlement.by === null ? 0 : attemptsAt(step)), 0),
    passed: steps.flatMap(({ step, status }) => (status === "passed" ? [step.id] : [])),
    broken,
    latest: broken === null ? latestLate(steps) : null,
    next: assessment.state === "in_progress" ? nextOf(steps) : null,
    lateByMs: broken === null ? undefined : overdueBy(broken.step, now),
  };
}

export const attemptsAt = ({ facts }: StatedStep): number => facts?.attempts?.length ?? 0;

/** By how much a broken step is overdue; a step that can't be judged is not. */
export function overdueBy({ status, dueAt }: StatedStep, now: number): number | undefined {
  return status === "unknown" || dueAt === undefined || now <= dueAt ? undefined : now - dueAt;
}

/** The settled step whose time is the largest by its deadline's measure: how late the journey is. */
export function latestLate(steps: readonly StatedStep[]): Story["latest"] {
  const late = steps.flatMap(({ step, status, settlement, dueAt }) =>
    status === "late" && settlement.by !== null && dueAt !== undefined
      ? [{ step: step.id, at: settlement.by[0], dueAt }]
      : [],
  );
  return late.reduce<Story["latest"]>((a, b) => (a === null || b.at - b.dueAt > a.at - a.dueAt ? b : a), null);
}

/** The last settled step by event time; at the same time, the one later in the flow. */
export function lastOf(steps: readonly StatedStep[]): Place | null {
  return steps.reduce<Place | null>((last, { step, settlement }) => {
    const at = settlement.by?.[0];
    return at !== undefined && (last === null || at >= last.at) ? { step: step.id, at } : last;
  }, null);
}

/** What the broken step's deadline counts from, else the last settled step above it, else anywhere. */
function lastBefore({ step, origin }: StatedStep, { steps, survey }: Assessment): Place | null {
  if (origin.kind === "step") return { step: origin.step, at: origin.at };
  const above = survey.path.ancestors.get(step.id);
  return lastOf(steps.filter((other) => above?.has(other.step.id) === true)) ?? lastOf(steps);
}

/** The required step that is due first, else the first that waits. */
function nextOf(steps: readonly StatedStep[]): Story["next"] {
  const pending = steps.filter(({ step, status }) => status === "pending" && isRequired(step));
  const ready = pending.filter(({ origin }) => origin.kind !== "waiting");
  const next = (ready.length > 0 ? ready : pending).reduce<StatedStep | null>(
    (a, b) => (a === null || (b.dueAt ?? Infinity) < (a.dueAt ?? Infinity) ? b : a),
    null,
  );
  return next === null ? null : { step: next.step.id, dueAt: next.dueAt, attempts: attemptsAt(next) };
}
