import type { FlowVersion } from "#lib/flow/flow-version.ts";
import type { Judgement, Summary, Verdict, Warning } from "#lib/journey/judgement.ts";
import type { People } from "#lib/people/people.ts";
import { toNamesAnswer } from "#lib/record/names-answer.ts";
import type { ClosedAnswer, EventAnswer, JourneyAnswer, LinkAnswer, VerdictAnswer } from "#lib/record/record-answer.ts";
import { toTime } from "#lib/record/to-time.ts";

/** Everything that was found out about one journey. */
export interface JourneyFindings {
  readonly judgement: Judgement;
  readonly version: FlowVersion;
  readonly people: People;
  /** null: events that wait for a link. */
  readonly primary: string | null;
  /** With how many are alike and who is responsible. */
  readonly summary: Summary;
  readonly alike: { readonly count: number; readonly since: number; readonly href: string } | null;
  readonly events: readonly EventAnswer[];
  readonly eventsTotal: number;
  readonly links: readonly LinkAnswer[];
  readonly warnings: readonly Warning[];
  readonly closed: ClosedAnswer | null;
}

/** The judgement and what belongs to it, as DESIGN 4.3 writes a journey. */
export function toJourneyAnswer(findings: JourneyFindings): JourneyAnswer {
  const { judgement, version, people, primary, events, eventsTotal, links, warnings } = findings;
  const { flow, state, steps, hops, endedBy, startedAt, lastEventAt, versionHash } = judgement;
  return {
    flow,
    primary,
    state,
    verdict: toVerdictAnswer(judgement.verdict, findings),
    steps: steps.map(({ at, dueAt, ...step }) => ({
      ...step,
      ...(at !== undefined && { at: toTime(at) }),
      ...(dueAt !== undefined && { dueAt: toTime(dueAt) }),
    })),
    hops,
    events,
    eventsTotal,
    links,
    warnings,
    ...(endedBy !== undefined && { endedBy }),
    ...(findings.closed !== null && { closed: findings.closed }),
    startedAt: toTime(startedAt),
    lastEventAt: toTime(lastEventAt),
    flowVersion: versionHash,
    names: toNamesAnswer(version, people),
  };
}

function toVerdictAnswer(verdict: Verdict, { summary, alike }: JourneyFindings): VerdictAnswer {
  const { state, reason, step, hop, field, values, dueAt, lateByMs, confidence, owners } = verdict;
  return {
    state,
    reason,
    step,
    hop,
    ...(field !== undefined && { field }),
    ...(values !== undefined && { values }),
    ...(alike !== null && { alike: { ...alike, since: toTime(alike.since) } }),
    since: toTime(verdict.since),
    ...(dueAt !== undefined && { dueAt: toTime(dueAt) }),
    ...(lateByMs !== undefined && { lateByMs }),
    summary,
    confidence,
    owners,
    evidence: verdict.evidence.map(({ at, ...told }) => ({ ...told, at: at === null ? null : toTime(at) })),
  };
}

/** Worst first. */
export const stateRanks = {
  failed: 0,
  overdue: 1,
  unknown: 2,
  in_progress: 3,
  completed_late: 4,
  completed: 5,
} as const;

/** What a person closed needs nobody, whatever its verdict. */
const rankOf = ({ state, closed }: JourneyAnswer): number =>
  closed === undefined ? stateRanks[state] : Math.max(stateRanks[state], stateRanks.completed_late);

/** Worst first, then the one that has been so for longest. */
export const worstFirst = (a: JourneyAnswer, b: JourneyAnswer): number =>
  rankOf(a) - rankOf(b) ||
  compare(a.verdict.since, b.verdict.since) ||
  compare(a.flow, b.flow) ||
  compare(a.primary ?? "", b.primary ?? "");

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
