import type { Finding } from "#lib/contract/check-result.ts";
import type { StepId } from "#lib/id/id.ts";
import { maxMarks } from "#lib/journey/attempt-marks.ts";
import { compareTexts } from "#lib/journey/compare-texts.ts";
import { mergeSorted } from "#lib/journey/merge-sorted.ts";
import { compareSightings, earliest, type Settling, type Sighting } from "#lib/journey/sighting.ts";
import { mergeTrackInto, mergeTracks, type MutableTrack, type Track } from "#lib/journey/track.ts";

/**
 * The latest payload seen at a step, judged by the contract of every step below.
 * A step that stands in neither list found nothing wrong with it.
 */
export interface PayloadFacts {
  /** Left out where it is the event of `done`, as it mostly is. */
  readonly by?: Sighting;
  readonly breached?: readonly (readonly [step: StepId, findings: readonly Finding[]])[];
  /** The deciding text had been masked before this contract was known. */
  readonly unsure?: readonly (readonly [step: StepId, fields: readonly string[]])[];
}

/** Facts of one step. Its own track is of events without a `per` value; `values` are the others, by value. */
export interface StepFacts extends Track {
  readonly step: StepId;
  /** Marks of failed and retrying events, see attempt-marks.ts. */
  readonly attempts?: readonly number[];
  /** Earliest `ok` send by target: see send-target.ts. */
  readonly sends?: readonly (readonly [target: string, by: Sighting])[];
  readonly payload?: PayloadFacts;
  readonly values?: readonly (readonly [value: string, track: Track])[];
}

export type MutableStepFacts = { -readonly [K in keyof StepFacts]: StepFacts[K] } & MutableTrack;

/** Event of the payload of a step, where it has one. */
export const payloadEvent = (facts: StepFacts): Settling | Sighting | undefined =>
  facts.payload === undefined ? undefined : (facts.payload.by ?? facts.done);

export function mergeStepFacts(a: StepFacts, b: StepFacts): StepFacts {
  if (a === b) return a;
  const merged: MutableStepFacts = { step: a.step };
  mergeTrackInto(merged, a, b);
  const attempts = mergeSorted(a.attempts ?? [], b.attempts ?? [], (x, y) => x - y, keepFirst);
  if (attempts.length > 0) merged.attempts = attempts.length > maxMarks ? attempts.slice(0, maxMarks) : attempts;
  const sends = mergeSorted(a.sends ?? [], b.sends ?? [], compareEntries, earlierSend);
  if (sends.length > 0) merged.sends = sends;
  const payload = mergePayloads(a, b, merged.done);
  if (payload !== undefined) merged.payload = payload;
  const values = mergeSorted(a.values ?? [], b.values ?? [], compareEntries, joinValues);
  if (values.length > 0) merged.values = values;
  return merged;
}

type Send = readonly [target: string, by: Sighting];
type ValueTrack = readonly [value: string, track: Track];

const keepFirst = <T>(first: T): T => first;
const compareEntries = (a: readonly [string, unknown], b: readonly [string, unknown]): number =>
  compareTexts(a[0], b[0]);
const earlierSend = (a: Send, b: Send): Send => (earliest(a[1], b[1]) === a[1] ? a : b);
const joinValues = (a: ValueTrack, b: ValueTrack): ValueTrack => [a[0], mergeTracks(a[1], b[1])];

function mergePayloads(a: StepFacts, b: StepFacts, done: Settling | undefined): PayloadFacts | undefined {
  const left = payloadEvent(a);
  const right = payloadEvent(b);
  const fromRight = left === undefined || (right !== undefined && compareSightings(right, left) > 0);
  const by = fromRight ? right : left;
  const payload = fromRight ? b.payload : a.payload;
  if (by === undefined || payload === undefined) return undefined;
  return withPayloadEvent(payload, by, done);
}

/** The same findings, with `by` written only where it is not the event of `done`. */
export function withPayloadEvent(
  payload: PayloadFacts,
  by: Sighting | Settling,
  done: Settling | undefined,
): PayloadFacts {
  const facts: { -readonly [K in keyof PayloadFacts]: PayloadFacts[K] } = {};
  if (done === undefined || compareSightings(by, done) !== 0) facts.by = [by[0], by[1], by[2]];
  if (payload.breached !== undefined) facts.breached = payload.breached;
  if (payload.unsure !== undefined) facts.unsure = payload.unsure;
  return facts;
}
