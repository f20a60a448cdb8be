import type { FlowVersion } from "#lib/flow/flow-version.ts";
import { assess, type Assessment } from "#lib/journey/assess.ts";
import { confidenceOf } from "#lib/journey/confidence.ts";
import { evidenceOf } from "#lib/journey/evidence.ts";
import type { Facts } from "#lib/journey/facts.ts";
import { hopTo } from "#lib/journey/hop-name.ts";
import { hopsOf } from "#lib/journey/hops.ts";
import type { JudgeContext } from "#lib/journey/judge-context.ts";
import { toJudgedStep } from "#lib/journey/judged-step.ts";
import type { Judgement, Verdict } from "#lib/journey/judgement.ts";
import { ownersAt } from "#lib/journey/owners.ts";
import type { StatedStep } from "#lib/journey/step-status.ts";
import { latestLate, overdueBy } from "#lib/journey/story.ts";
import { summaryOf } from "#lib/journey/summary.ts";
import { warningsOf } from "#lib/journey/warnings.ts";
import { wordingsOf } from "#lib/journey/wording.ts";

/**
 * What happened to a journey (DESIGN 5). Pure: the same facts, version and context always give the same judgement, and no clock is
 * read. `facts` are all facts of the journey, made under `version`; they hold at least one event.
 */
export function judge(facts: Facts, version: FlowVersion, context: JudgeContext): Judgement {
  const assessment = assess(facts, version, context);
  const skewMs = (hop: string): number | null => context.skewMs?.(hop) ?? null;
  const hops = hopsOf(assessment.steps, skewMs);
  const say = wordingsOf(version.declaration, context.people, context);
  return {
    flow: version.flow,
    versionHash: version.hash,
    state: assessment.state,
    verdict: toVerdict(assessment, context, say),
    steps: assessment.steps.map(toJudgedStep),
    hops,
    warnings: warningsOf(assessment, hops, skewMs, say),
    ...(assessment.endedBy !== undefined && { endedBy: assessment.endedBy }),
    startedAt: assessment.startedAt,
    lastEventAt: assessment.lastEventAt,
    wake: assessment.wake,
  };
}

function toVerdict(assessment: Assessment, context: JudgeContext, say: ReturnType<typeof wordingsOf>): Verdict {
  const { broken, state, since } = assessment;
  const said = {
    summary: summaryOf(assessment, context.primary, context.now, say),
    evidence: evidenceOf(assessment, say),
  };
  if (broken === null) {
    const late = state === "completed_late" ? latestLate(assessment.steps) : null;
    const at = placeInCharge(assessment);
    return {
      state,
      reason: null,
      step: null,
      hop: null,
      since,
      ...(late !== null && { dueAt: late.dueAt, lateByMs: late.at - late.dueAt }),
      confidence: confidenceOf(assessment, false),
      owners: at === undefined ? {} : ownersAt(at, assessment.survey),
      ...said,
    };
  }
  const { step, cause } = broken;
  const hop = hopTo(step);
  const lateByMs = overdueBy(step, context.now);
  const { missing } = step.settlement;
  return {
    state,
    reason: cause.reason,
    step: step.step.id,
    hop,
    ...(cause.field !== undefined && { field: cause.field }),
    ...(cause.errorClass !== undefined && { errorClass: cause.errorClass }),
    ...(missing.length > 0 && { values: missing }),
    since,
    ...(step.dueAt !== undefined && { dueAt: step.dueAt }),
    ...(lateByMs !== undefined && { lateByMs }),
    confidence: confidenceOf(assessment, hop !== null && (context.skewMs?.(hop) ?? null) !== null),
    owners: ownersAt(step, assessment.survey),
    ...said,
  };
}

/** Whom to ask about a journey without trouble: the last settled step by time. */
function placeInCharge({ steps }: Assessment): StatedStep | undefined {
  const settled = steps.filter(({ settlement }) => settlement.by !== null);
  return settled.reduce<StatedStep | undefined>(
    (a, b) => (a === undefined || (b.settlement.by?.[0] ?? 0) >= (a.settlement.by?.[0] ?? 0) ? b : a),
    undefined,
  );
}
