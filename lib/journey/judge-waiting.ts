import type { FlowVersion } from "#lib/flow/flow-version.ts";
import type { Facts } from "#lib/journey/facts.ts";
import type { JudgeContext } from "#lib/journey/judge-context.ts";
import type { Evidence, Judgement, StepStatus, Warning } from "#lib/journey/judgement.ts";
import { toJudgedStep } from "#lib/journey/judged-step.ts";
import { hopsOf } from "#lib/journey/hops.ts";
import { lastOf } from "#lib/journey/story.ts";
import { surveyOf, type SurveyedStep } from "#lib/journey/survey.ts";
import { wordingsOf } from "#lib/journey/wording.ts";
import { zh } from "#lib/journey/zh.ts";

/** `primary` is the key as it was asked for: what is waiting has no other name. */
export interface WaitingContext extends Pick<JudgeContext, "now" | "timeZone" | "people" | "calendars"> {
  readonly primary: string;
  /** The key leads to more primaries than a business key does: that is why it waits. */
  readonly tooCommon?: { readonly count: number };
}

/**
 * The judgement of a key known only from events that wait for a link (DESIGN 4.3): the state is unknown, the reason `waiting_for_link`.
 * Nothing is due: deadlines belong to records, and which record this is nobody knows yet. `facts` are those of the waiting events.
 */
export function judgeWaiting(facts: Facts, version: FlowVersion, context: WaitingContext): Judgement {
  const survey = surveyOf(facts, version, context.calendars);
  const stated = survey.steps.map((step) => ({ ...step, status: waitingStatus(step), dueAt: undefined, eyes: [] }));
  const say = wordingsOf(version.declaration, context.people, context);
  const last = lastOf(stated);
  return {
    flow: version.flow,
    versionHash: version.hash,
    state: "unknown",
    verdict: {
      state: "unknown",
      reason: "waiting_for_link",
      step: null,
      hop: null,
      since: facts.first,
      summary: {
        en: `${context.primary} was ${last === null ? `first seen at ${say.en.time(facts.first)}` : `seen at ${say.en.step(last.step)} at ${say.en.time(last.at)}`}; can't tell which record it belongs to: nothing links them yet.`,
        zh: zh`${last === null ? zh`${context.primary} 在 ${say.zh.time(facts.first)} 第一次出现` : zh`${context.primary} 在 ${say.zh.time(last.at)} 到达${say.zh.step(last.step)}`}；无法判断属于哪条记录：还没有消息把它们关联起来。`,
      },
      confidence: "low",
      owners: {},
      evidence: [linkEvidence(facts, context)],
    },
    steps: stated.map(toJudgedStep),
    hops: hopsOf(stated, () => null),
    warnings: context.tooCommon === undefined ? [] : [tooCommonWarning(context.tooCommon.count, context)],
    startedAt: facts.first,
    lastEventAt: facts.last,
    wake: {},
  };
}

function waitingStatus({ settlement }: SurveyedStep): StepStatus {
  if (settlement.by === null) return "pending";
  return settlement.skipped ? "skipped" : "settled";
}

function linkEvidence(facts: Facts, { primary }: WaitingContext): Evidence {
  const en = `No event names ${primary} together with a record; its events join when one does.`;
  const text = zh`还没有消息同时带有 ${primary} 和一条记录的号码；有了就会归到那条记录。`;
  return { kind: "link", at: facts.last, text: { en, zh: text }, ref: "" };
}

function tooCommonWarning(count: number, { primary }: WaitingContext): Warning {
  const en = `${primary} leads to ${count} records: too many for a business key, so it links nothing.`;
  const text = zh`${primary} 对应 ${count} 条记录，太多了，不能当作业务号码，不再用它关联。`;
  return { kind: "too_common", hop: null, text: { en, zh: text } };
}
