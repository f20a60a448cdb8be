import type { Cause } from "#lib/journey/cause.ts";
import type { JourneyState } from "#lib/journey/judgement.ts";
import type { StatedStep } from "#lib/journey/step-status.ts";
import type { Story } from "#lib/journey/story.ts";
import type { Wording } from "#lib/journey/wording.ts";

/** The story as one sentence a clerk can read out. */
export function summaryEn(story: Story, state: JourneyState, say: Wording): string {
  if (story.broken !== null) return `${brokenEn(story, story.broken, say)}.`;
  if (state === "in_progress") return `${underWayEn(story, say)}.`;
  return `${completeEn(story, say)}.`;
}

const countEn = (count: number, one: string): string => `${count} ${one}${count === 1 ? "" : "s"}`;

const firstSeenEn = ({ record, startedAt, last }: Story, say: Wording): string =>
  last === null
    ? `${record} was first seen at ${say.time(startedAt)}`
    : `${record} reached ${say.step(last.step)} at ${say.time(last.at)}`;

const afterAttemptsEn = ({ healedAttempts }: Story): string =>
  healedAttempts === 0 ? "" : ` after ${countEn(healedAttempts, "failed attempt")}`;

function completeEn(story: Story, say: Wording): string {
  const { record, endedBy, latest, last, passed } = story;
  if (endedBy !== null) {
    return `${record} was closed at ${say.time(endedBy.at)} (${say.step(endedBy.step)}); nothing more is expected`;
  }
  const place = latest ?? last;
  if (place === null) return `${record} is complete`;
  const late =
    latest === null ? "" : `, ${say.duration(latest.at - latest.dueAt)} late (due ${say.time(latest.dueAt)})`;
  const unseen = passed.length === 0 ? "" : `; nothing reported ${passed.map((id) => say.step(id)).join(", ")}`;
  return `${record} is complete: it reached ${say.step(place.step)} at ${say.time(place.at)}${late}${afterAttemptsEn(story)}${unseen}`;
}

function underWayEn(story: Story, say: Wording): string {
  const start = `${firstSeenEn(story, say)}${story.last === null ? "" : afterAttemptsEn(story)}`;
  const { next } = story;
  if (next === null) return `${start} and is under way`;
  const tries = next.attempts === 0 ? "" : `, being retried after ${countEn(next.attempts, "attempt")}`;
  const due = next.dueAt === undefined ? "" : ` (due ${say.time(next.dueAt)})`;
  return `${start}; next is ${say.step(next.step)}${due}${tries}`;
}

function brokenEn(story: Story, { step, cause }: NonNullable<Story["broken"]>, say: Wording): string {
  const to = say.step(step.step.id);
  const start = firstSeenEn(story, say);
  const due = dueEn(story, step, say);
  const values = valuesEn(step);
  if (step.status === "unknown") {
    return `${start}; can't tell whether ${values === "" ? "it" : values} reached ${to}${due}: ${silenceEn(step, to, say)}`;
  }
  const failed = cause.attempt;
  const because = causeEn(cause, to, say);
  if (step.status === "failed" && failed !== undefined) {
    return `${start} and ${values === "" ? "" : `${values} `}failed at ${to} at ${say.time(failed.by[0])}${due}: ${because}`;
  }
  if (cause.reason === "not_processed") {
    return `${start} and ${values === "" ? "" : `${values} `}was received but not processed at ${to}${due}: ${because}`;
  }
  return `${start} and ${values === "" ? "" : `${values} `}never reached ${to}${due}: ${because}`;
}

function dueEn({ lateByMs }: Story, { dueAt }: StatedStep, say: Wording): string {
  if (dueAt === undefined) return "";
  return ` (due ${say.time(dueAt)}${lateByMs === undefined ? "" : `, ${say.duration(lateByMs)} overdue`})`;
}

const listed = 3;

/** The missing values of a `per` step: "waybill_no W2, W3 and 2 more". */
function valuesEn({ step, settlement }: StatedStep): string {
  const { missing } = settlement;
  if (step.per === undefined || missing.length === 0) return "";
  const more = missing.length > listed ? ` and ${missing.length - listed} more` : "";
  return `\`${step.per}\` ${missing.slice(0, listed).join(", ")}${more}`;
}

function silenceEn({ eyes, dueAt = Infinity }: StatedStep, to: string, say: Wording): string {
  const silent = eyes.filter(({ watermark }) => watermark <= dueAt);
  if (silent.length === 0) return `nothing has ever reported ${to}`;
  return silent
    .slice(0, listed)
    .map(({ source, newestAt }) =>
      newestAt === undefined
        ? `source \`${source}\` has not sent anything yet`
        : `source \`${source}\` silent since ${say.time(newestAt)}`,
    )
    .join(", ");
}

function causeEn(cause: Cause, to: string, say: Wording): string {
  const { reason, payload, attempt } = cause;
  if (
    cause.errorClass === undefined &&
    payload !== undefined &&
    (reason === "missing_field" || reason === "bad_format")
  ) {
    const finding = payload.findings[0];
    const field = say.field(cause.field ?? "", finding?.title);
    const from = say.step(payload.at.step.id);
    if (reason === "missing_field") return `${field} was empty in the ${from} data; ${to} requires it`;
    return `${field} in the ${from} data is not in the form ${to} requires (${finding?.expected ?? "another form"})`;
  }
  const field = cause.field === undefined ? null : say.field(cause.field, titleOf(cause));
  const code = cause.errorClass === undefined || attempt?.code === undefined ? null : `code ${attempt.code}`;
  const isFieldTold = reason === "missing_field" || reason === "bad_format";
  const details = [isFieldTold ? null : field, code].filter((detail) => detail !== null);
  return `${reasonEn(cause, to, field, say)}${details.length === 0 ? "" : ` (${details.join(", ")})`}`;
}

const titleOf = ({ field, payload }: Cause): string | undefined =>
  payload?.findings.find((finding) => finding.field === field)?.title;

function reasonEn(cause: Cause, to: string, field: string | null, say: Wording): string {
  switch (cause.reason) {
    case "missing_field":
      return field === null ? `${to} reported a missing field` : `${to} reported that ${field} was missing`;
    case "bad_format":
      return field === null ? `${to} reported a bad format` : `${to} reported a bad format in ${field}`;
    case "rejected":
      return `${to} did not accept it`;
    case "timeout":
      return `${to} did not answer in time`;
    case "unreachable":
      return `${to} could not be reached`;
    case "circuit_open":
      return `calls to ${to} are paused after earlier errors`;
    case "conflict":
      return `it conflicts with what ${to} already holds`;
    case "unauthorized":
      return `${to} did not grant access`;
    case "unknown_error":
      return `${to} reported an error without saying of which kind`;
    case "not_processed":
      return cause.received === undefined
        ? `nothing more was reported by ${to}`
        : `${to} received it at ${say.time(cause.received[0])} and reported nothing since`;
    case "lost_in_transit":
      return cause.sent === undefined
        ? "it was sent and not received"
        : `${say.step(cause.sent.from.step.id)} sent it at ${say.time(cause.sent.by[0])} and it was not received`;
    case "never_sent":
      return cause.neverSentBy === undefined
        ? "it was never sent on"
        : `${say.step(cause.neverSentBy.step.id)} finished it and sent nothing on`;
    case "outage":
      return cause.population === undefined
        ? "most records due there then are missing"
        : `${cause.population.missing} of ${cause.population.due} records due there within 5 minutes of it are missing`;
    case "not_seen":
      return "its sources are reporting and have not seen it; no cause is known";
    default:
      return "can't tell";
  }
}
