import type { ErrorClass } from "#lib/event/hop-event.ts";
import type { Attempt } from "#lib/journey/attempt.ts";
import type { AssessContext } from "#lib/journey/judge-context.ts";
import type { Reason } from "#lib/journey/judgement.ts";
import { sentTowards, silentSender, type Sent } from "#lib/journey/sent-towards.ts";
import type { Sighting } from "#lib/journey/sighting.ts";
import type { StatedStep } from "#lib/journey/step-status.ts";
import type { Survey, SurveyedStep } from "#lib/journey/survey.ts";
import { lastPayload, upstreamPayloads, type JudgedPayload } from "#lib/journey/upstream-payload.ts";

/** Why a step is broken, with what says so. */
export interface Cause {
  readonly reason: Reason;
  readonly field?: string;
  /** Class of the attempt, where the attempt is the reason. */
  readonly errorClass?: ErrorClass;
  /** The attempt seen at the step, whether or not it is the reason. */
  readonly attempt?: Attempt;
  /** The last payload upstream, where the step's contract finds something wrong with it or can't tell. */
  readonly payload?: JudgedPayload;
  readonly received?: Sighting;
  readonly sent?: Sent;
  /** Known to send, settled, and sent nothing this way. */
  readonly neverSentBy?: SurveyedStep;
  readonly population?: { readonly due: number; readonly missing: number };
}

const speakingClasses: readonly ErrorClass[] = [
  "missing_field",
  "bad_format",
  "rejected",
  "timeout",
  "unreachable",
  "circuit_open",
  "conflict",
  "unauthorized",
];

const outageMinimum = 10;
const outageShare = 0.8;

/** DESIGN 5, Verdict: the reasons, most specific first. `broken` is failed, overdue or unknown. */
export function causeOf(broken: StatedStep, survey: Survey, context: AssessContext): Cause {
  const { open } = broken.settlement;
  const last = lastPayload(upstreamPayloads(broken, survey), survey);
  const payload = last !== null && (last.findings.length > 0 || last.unsure.length > 0) ? last : undefined;
  const sent = sentTowards(broken, survey) ?? undefined;
  const attempt = open.failed ?? open.retrying;
  const seen = {
    ...(attempt !== undefined && { attempt }),
    ...(payload !== undefined && { payload }),
    ...(open.received !== undefined && { received: open.received }),
    ...(sent !== undefined && { sent }),
  };
  if (broken.status === "unknown") return { ...seen, reason: "source_silent" };
  const finding = payload?.findings[0];
  if (attempt !== undefined) {
    const speaking = speakingClasses.find((name) => name === attempt.class);
    if (speaking !== undefined) {
      // A step that reports a missing field without naming it: the contract names it, where both say the same kind.
      const field = attempt.field ?? (finding?.kind === speaking ? finding.field : undefined);
      return { ...seen, ...withField(field), reason: speaking as Reason, errorClass: speaking };
    }
    if (finding === undefined) {
      return { ...seen, ...withField(attempt.field), reason: "unknown_error", errorClass: attempt.class ?? "unknown" };
    }
  }
  if (finding !== undefined) return { ...seen, reason: finding.kind, field: finding.field };
  if (open.received !== undefined) return { ...seen, reason: "not_processed" };
  if (sent !== undefined) return { ...seen, reason: "lost_in_transit" };
  const neverSentBy = silentSender(broken, survey);
  if (neverSentBy !== null) return { ...seen, reason: "never_sent", neverSentBy };
  const population = broken.dueAt === undefined ? null : (context.population?.(broken.step.id, broken.dueAt) ?? null);
  if (population !== null && isOutage(population)) return { ...seen, reason: "outage", population };
  return { ...seen, reason: "not_seen" };
}

/** At least 10 journeys, and at least 80 % of those due around the deadline, did not arrive. */
export const isOutage = ({ due, missing }: { readonly due: number; readonly missing: number }): boolean =>
  missing >= outageMinimum && missing >= outageShare * due;

const withField = (field: string | undefined): { readonly field?: string } => (field === undefined ? {} : { field });
