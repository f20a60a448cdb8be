import type { FlowId } from "#lib/id/id.ts";
import type { Key } from "#lib/key/key.ts";
import type { Arrival } from "#lib/storage/event-log.ts";
import type { JourneyId, JourneyRow } from "#lib/storage/journey-index.ts";
import type { Crosswalk, Link, Unit, UnitId } from "#lib/storage/projection.ts";

/** A unit, and the very object it was made from as `units` or `learn` gave it; null: there was none. It is written over that and nothing else. */
export interface UnitChange {
  readonly unit: Unit;
  readonly over: Unit | null;
}

/** What a batch of events teaches before any journey is judged. */
export interface Lesson {
  readonly units: readonly UnitChange[];
  readonly links: readonly Link[];
  readonly keys: readonly Key[];
  /** It may have been learned in part before, by a call that failed or a worker that died: every link counts as new. */
  readonly again: boolean;
}

export interface Learned {
  /** Units that somebody else has written since they were loaded: to be loaded and merged again. All others are written. */
  readonly conflicts: ReadonlySet<UnitId>;
  /** Links that the crosswalk did not know. */
  readonly newLinks: readonly Link[];
  /** The crosswalk as it would be without these links. */
  readonly before: Crosswalk;
}

/** Which writing of each row was there when judging began; opaque. */
export interface Judging {
  readonly __judging: true;
}

export interface WrittenRows {
  /** Somebody else has written these since judging began: nothing of ours is written, all has to be read and judged again. */
  readonly conflicts: readonly JourneyId[];
  /** Written where there was no row before. */
  readonly created: readonly JourneyId[];
}

/**
 * How several workers project into the same units and journeys. Everybody writes first what a batch teaches (`learn`), and reads then: so of
 * two whose events meet, the one that reads last sees what both wrote. Rows are written over the rows that were there before that reading
 * (`beginJudging`): so what was judged from an older reading never replaces what was judged from a newer one.
 *
 * - After `learn` has resolved, `units.load`, `units.listByAliases` and `crosswalk.neighbours` of every process tell of it at once.
 * - A crash anywhere leaves a part written, and no position that covers it: whoever projects the same events again (`again`) completes it.
 */
export interface SharedProjection {
  learn(lesson: Lesson): Promise<Learned>;
  /** To be called before anything is read that the rows are made from. */
  beginJudging(ids: readonly JourneyId[]): Promise<Judging>;
  writeRows(
    rows: readonly JourneyRow[],
    /** Journeys that no longer exist under this primary; those that never did may be among them. */
    removed: readonly JourneyId[],
    judging: Judging,
  ): Promise<WrittenRows>;
  /** Those of the flows of which some event ever named no primary; sees at once what any process has learned. */
  findWithAliasUnits(flows: readonly FlowId[]): Promise<ReadonlySet<FlowId>>;
  /** Resolves when the event log's reads in this process see everything that any writer had taken in before. */
  seeEvents(): Promise<void>;
  /** The last event of each writer up to which all of its events are in the journeys. */
  listProgress(): Promise<readonly Arrival[]>;
}
