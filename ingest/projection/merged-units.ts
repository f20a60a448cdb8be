import { type UnitFactsOptions, withVersion } from "#ingest/projection/unit-facts.ts";
import { tallyOf, type UnitTally } from "#lib/crosswalk/unit-tally.ts";
import type { FlowVersion } from "#lib/flow/flow-version.ts";
import { emptyFacts, type Facts } from "#lib/journey/facts.ts";
import { mergeAllFacts } from "#lib/journey/merge-all-facts.ts";
import type { Unit, UnitId } from "#lib/storage/projection.ts";

/** Units put together under one version. */
export interface MergedUnits {
  readonly facts: Facts;
  readonly tally: UnitTally;
}

/** Units that many journeys share are put together once for all of them. */
export interface UnitMerger {
  /** Earliest event time of the units. */
  startedAt(units: readonly Unit[]): number;
  /** Under this version; units that had no facts under it yet are among what was changed then. `units` is not empty. */
  merge(units: readonly Unit[], version: FlowVersion): Promise<MergedUnits>;
}

export function createUnitMerger(facts: UnitFactsOptions, changed: Map<UnitId, Unit>): UnitMerger {
  const known = new WeakMap<readonly Unit[], Map<string, MergedUnits>>();
  const starts = new WeakMap<readonly Unit[], number>();
  const mergeNew = async (units: readonly Unit[], version: FlowVersion): Promise<MergedUnits> => {
    const complete: Unit[] = [];
    for (const each of units) {
      const unit = changed.get(each.id) ?? each;
      // The unit alone may begin under another version than the journey does.
      const ready = await withVersion(unit, version, facts);
      if (ready !== unit) changed.set(ready.id, ready);
      complete.push(ready);
    }
    return {
      facts: mergeAllFacts(complete.map((unit) => unit.facts[version.hash] ?? emptyFacts)),
      tally: tallyOf(complete),
    };
  };
  return {
    startedAt(units) {
      const startedAt = starts.get(units) ?? units.reduce((first, unit) => Math.min(first, unit.startedAt), Infinity);
      if (units.length > 1) starts.set(units, startedAt);
      return startedAt;
    },
    async merge(units, version) {
      const merged = known.get(units)?.get(version.hash) ?? (await mergeNew(units, version));
      if (units.length > 1)
        known.set(units, (known.get(units) ?? new Map<string, MergedUnits>()).set(version.hash, merged));
      return merged;
    },
  };
}
