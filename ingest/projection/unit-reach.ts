import type { Adjacent } from "#lib/crosswalk/adjacent.ts";
import { nearestPrimaries } from "#lib/crosswalk/walk.ts";
import type { LeadsTo, Unit } from "#lib/storage/projection.ts";

/** Of more primaries than these a unit keeps exactly those it leads to; of fewer, judging some once too often costs less than keeping count. */
const mostInexact = 32;

/** Which journeys to judge because of an alias unit, and what the unit has to say of them before and after that. */
export interface Reach {
  readonly dirty: readonly string[];
  /** To be written before any of these journeys is judged; null: the unit says it already. */
  readonly widened: LeadsTo | null;
  /** To be written after that, over the widened unit; null: it stays. */
  readonly settled: LeadsTo | null;
}

/**
 * An alias unit says which journeys may have been judged with its facts. So whoever learns a link or changes the unit later finds those that
 * lose it, whoever judged them and whenever, and needs not know what the crosswalk was then. The rule that makes it safe for many workers:
 * widen the unit, then read and judge; write a link, then read the unit. `now` is where the unit leads, walked before it is widened.
 */
export function reachOf(leadsTo: LeadsTo | undefined, now: readonly string[], hasNewFacts: boolean): Reach {
  const known = leadsTo?.primaries ?? [];
  const isExact = leadsTo?.isExact === true;
  const was = new Set(known);
  const is = new Set(now);
  const union = [...new Set([...known, ...now])].toSorted();
  const dirty = hasNewFacts || !isExact ? union : union.filter((value) => was.has(value) !== is.has(value));
  const isSame = was.size === is.size && union.length === was.size;
  if (isSame && (isExact || union.length <= mostInexact)) return { dirty, widened: null, settled: null };
  if (union.length > mostInexact)
    return {
      dirty,
      // Also where it names them all already: somebody may be about to settle it for what they have seen before.
      widened: { primaries: union, isExact: false },
      settled: { primaries: now, isExact: true },
    };
  const isCovered = union.length === was.size && !isExact;
  return { dirty, widened: isCovered ? null : { primaries: union, isExact: false }, settled: null };
}

/** Where each of the alias units leads, as values of primaries. */
export async function walkAll(
  units: readonly Unit[],
  adjacent: Adjacent,
): Promise<ReadonlyMap<Unit, readonly string[]>> {
  // All with one question; each walk finds the answers there.
  await adjacent(units.flatMap(({ keys }) => keys));
  const found = new Map<Unit, readonly string[]>();
  for (const unit of units) {
    const { primaries } = await nearestPrimaries(unit.keys, adjacent);
    found.set(
      unit,
      primaries.map(({ value }) => value),
    );
  }
  return found;
}
