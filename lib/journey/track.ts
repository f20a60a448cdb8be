import { latestAttempt, type Attempt } from "#lib/journey/attempt.ts";
import { compareSightings, earliest, isSkipped, type Settling, type Sighting } from "#lib/journey/sighting.ts";

/** What happened at one step, or at one step for one value of its `per` alias. */
export interface Track {
  /** Earliest settling event. */
  readonly done?: Settling;
  /** Earliest `ok` one, where `done` is only skipped. */
  readonly ok?: Settling;
  /** Earliest `receive`. */
  readonly received?: Sighting;
  /** Latest `failed` event, and the time of the earliest. */
  readonly failed?: Attempt;
  readonly failedSince?: number;
  readonly retrying?: Attempt;
}

export type MutableTrack = { -readonly [K in keyof Track]: Track[K] };

/** Earliest `ok` settling event of a track. */
export const okOf = (track: Track): Settling | undefined =>
  track.done !== undefined && !isSkipped(track.done) ? track.done : track.ok;

/** Writes the merge of two tracks into `into`, members always in the same order: equal facts are then equal text. */
export function mergeTrackInto(into: MutableTrack, a: Track, b: Track): void {
  const done = earliest(a.done, b.done);
  if (done !== undefined) {
    into.done = done;
    const ok = earliest(okOf(a), okOf(b));
    if (ok !== undefined && compareSightings(ok, done) !== 0) into.ok = ok;
  }
  const received = earliest(a.received, b.received);
  if (received !== undefined) into.received = received;
  const failed = latestAttempt(a.failed, b.failed);
  if (failed !== undefined) {
    into.failed = failed;
    into.failedSince = Math.min(a.failedSince ?? Infinity, b.failedSince ?? Infinity);
  }
  const retrying = latestAttempt(a.retrying, b.retrying);
  if (retrying !== undefined) into.retrying = retrying;
}

export function mergeTracks(a: Track, b: Track): Track {
  if (a === b) return a;
  const merged: MutableTrack = {};
  mergeTrackInto(merged, a, b);
  return merged;
}
