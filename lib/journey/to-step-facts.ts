import type { CheckResult } from "#lib/contract/check-result.ts";
import { isBlank } from "#lib/contract/prune-blank.ts";
import type { MaskFact, StoredEvent } from "#lib/event/hop-event.ts";
import type { SchemaRef } from "#lib/flow/flow-version.ts";
import type { StepId } from "#lib/id/id.ts";
import { markOf } from "#lib/journey/attempt-marks.ts";
import { toAttempt } from "#lib/journey/attempt.ts";
import { compareTexts } from "#lib/journey/compare-texts.ts";
import type { FactsPlan, LaterSchema, StepPlan } from "#lib/journey/facts-plan.ts";
import { sendTarget, sendTargetFor } from "#lib/journey/send-target.ts";
import type { Settling, SettlingNotes, Sighting } from "#lib/journey/sighting.ts";
import { withPayloadEvent, type MutableStepFacts, type PayloadFacts, type StepFacts } from "#lib/journey/step-facts.ts";
import type { MutableTrack, Track } from "#lib/journey/track.ts";

type CheckKept = (
  schema: SchemaRef,
  value: unknown,
  masks: Readonly<Record<string, MaskFact>>,
  base: string,
) => CheckResult;

/** A breach names its first fields; a schema that finds hundreds wrong says no more by them all. */
const maxFindings = 20;

const noMasks: Readonly<Record<string, MaskFact>> = {};

/** The facts of one event at the step it matched. */
export function toStepFacts(event: StoredEvent, at: StepPlan, plan: FactsPlan, checkKept: CheckKept): StepFacts {
  const by: Sighting = [event.eventTime, event.source, event.id];
  const track = toTrack(event, by, at, checkKept);
  const values = at.step.per === undefined ? [] : valuesOf(event, at.step.per);
  const facts: MutableStepFacts = values.length === 0 ? { step: at.step.id, ...track } : { step: at.step.id };
  if (track.failed !== undefined || track.retrying !== undefined) facts.attempts = [markOf(event.source, event.id)];
  const sends = sendsOf(event, by, plan);
  if (sends.length > 0) facts.sends = sends;
  // A payload that is blank as a whole shows nothing of the record.
  if (at.contracts.length > 0 && event.payload !== undefined && !isBlank(event.payload)) {
    facts.payload = withPayloadEvent(toPayloadFacts(event, at, checkKept), by, facts.done);
  }
  if (values.length > 0) facts.values = values.map((value) => [value, track]);
  return facts;
}

const valuesOf = (event: StoredEvent, type: keyof StoredEvent["keys"]): readonly string[] => {
  const carried = event.keys[type] ?? [];
  return carried.length < 2 ? carried : [...new Set(carried)].toSorted(compareTexts);
};

/** DESIGN 5, Settling. */
function toTrack(event: StoredEvent, by: Sighting, at: StepPlan, checkKept: CheckKept): Track {
  const outcome = event.error?.class === "duplicate" ? "skipped" : event.outcome;
  const track: MutableTrack = {};
  if (outcome === "failed") {
    track.failed = toAttempt(event, by);
    track.failedSince = event.eventTime;
  } else if (outcome === "retrying") track.retrying = toAttempt(event, by);
  else if (event.operation === "receive") track.received = by;
  else track.done = toSettling(event, by, outcome === "skipped", at, checkKept);
  return track;
}

function toSettling(event: StoredEvent, by: Sighting, skipped: boolean, at: StepPlan, checkKept: CheckKept): Settling {
  const unmet: StepId[] = [];
  const unsure: StepId[] = [];
  for (const when of at.whens) {
    const { result } = checkWhen(event, when, checkKept);
    if (result === "breached") unmet.push(when.step);
    if (result === "unknown") unsure.push(when.step);
  }
  if (!skipped && unmet.length === 0 && unsure.length === 0) return by;
  const notes: { -readonly [K in keyof SettlingNotes]: SettlingNotes[K] } = {};
  if (skipped) notes.skipped = true;
  if (unmet.length > 0) notes.unmet = unmet;
  if (unsure.length > 0) notes.unsure = unsure;
  return [by[0], by[1], by[2], notes];
}

function checkWhen(event: StoredEvent, { schema }: LaterSchema, checkKept: CheckKept): CheckResult {
  const stored = event.checks?.[schema.hash];
  if (stored !== undefined) return stored;
  const tested = { attributes: event.attributes ?? {}, payload: event.payload ?? null };
  return checkKept(schema, tested, event.masks ?? noMasks, "");
}

function sendsOf(event: StoredEvent, by: Sighting, plan: FactsPlan): readonly (readonly [string, Sighting])[] {
  if (event.operation !== "send" || event.outcome !== "ok" || event.error?.class === "duplicate") return [];
  // A send to somewhere outside the flow is towards none of its steps.
  if (event.to !== undefined && !plan.targets.has(event.to)) return [];
  const target = sendTarget(event.to);
  const targets = [target];
  for (const type of plan.perTypes) {
    const values = event.keys[type] ?? [];
    for (const value of values.length === 0 ? [""] : values) targets.push(sendTargetFor(target, type, value));
  }
  return [...new Set(targets)].toSorted(compareTexts).map((key): [string, Sighting] => [key, by]);
}

function toPayloadFacts(event: StoredEvent, at: StepPlan, checkKept: CheckKept): PayloadFacts {
  const breached: [StepId, Extract<CheckResult, { result: "breached" }>["findings"]][] = [];
  const unsure: [StepId, readonly string[]][] = [];
  for (const { step, schema } of at.contracts) {
    const result = event.checks?.[schema.hash] ?? checkKept(schema, event.payload, event.masks ?? noMasks, "/payload");
    if (result.result === "breached") breached.push([step, result.findings.slice(0, maxFindings)]);
    if (result.result === "unknown") unsure.push([step, result.fields.slice(0, maxFindings)]);
  }
  const facts: { -readonly [K in keyof PayloadFacts]: PayloadFacts[K] } = {};
  if (breached.length > 0) facts.breached = breached;
  if (unsure.length > 0) facts.unsure = unsure;
  return facts;
}
