import type { Step } from "#lib/flow/flow-version.ts";
import { latestAttempt, type Attempt } from "#lib/journey/attempt.ts";
import { earliest, isSkipped, latest, type Settling, type Sighting } from "#lib/journey/sighting.ts";
import type { StepFacts } from "#lib/journey/step-facts.ts";
import { okOf, type Track } from "#lib/journey/track.ts";

/** Whether a step is settled, and what is open where it is not (DESIGN 5 Settling, 5.1 Per). */
export interface Settlement {
  /** The event that gives the step its time; null while it is not settled. */
  readonly by: Settling | null;
  /** Only skipped events settled it. */
  readonly skipped: boolean;
  /** For `per`: values not settled here, sorted, out of so many. Empty and 0 where the step is judged as a whole. */
  readonly missing: readonly string[];
  readonly valueCount: number;
  /** What was seen of that which is not settled. All absent on a settled step. */
  readonly open: Track;
}

const nothing: Track = {};

export function settlementOf(step: Step, facts: StepFacts | undefined, values: readonly string[]): Settlement {
  const whole = facts ?? nothing;
  if (step.per === undefined || values.length === 0) return settlementAsWhole(whole);
  return settlementPerValue(whole, new Map(facts?.values), values);
}

function settlementAsWhole(track: Track): Settlement {
  const { done } = track;
  if (done === undefined) return { by: null, skipped: false, missing: [], valueCount: 0, open: track };
  const skipped = isSkipped(done) && track.ok === undefined;
  return { by: done, skipped, missing: [], valueCount: 0, open: nothing };
}

function settlementPerValue(whole: Track, tracks: ReadonlyMap<string, Track>, values: readonly string[]): Settlement {
  // An `ok` without a value settles them all; a skipped one does not say which it was about.
  const forAll = okOf(whole);
  const missing: string[] = [];
  let last: Settling | undefined;
  let anyOk = forAll !== undefined;
  let open = whole;
  for (const value of values) {
    const track = tracks.get(value) ?? nothing;
    const done = earliest(track.done, forAll);
    if (done === undefined) {
      missing.push(value);
      open = joinOpen(open, track);
    } else {
      last = latest(last, done);
      anyOk ||= okOf(track) !== undefined;
    }
  }
  const valueCount = values.length;
  if (missing.length > 0) return { by: null, skipped: false, missing, valueCount, open };
  return { by: last ?? null, skipped: !anyOk, missing, valueCount, open: nothing };
}

function joinOpen(a: Track, b: Track): Track {
  const received: Sighting | undefined = earliest(a.received, b.received);
  const failed: Attempt | undefined = latestAttempt(a.failed, b.failed);
  const retrying: Attempt | undefined = latestAttempt(a.retrying, b.retrying);
  const failedSince = Math.min(a.failedSince ?? Infinity, b.failedSince ?? Infinity);
  return {
    ...(received !== undefined && { received }),
    ...(failed !== undefined && { failed, failedSince }),
    ...(retrying !== undefined && { retrying }),
  };
}
