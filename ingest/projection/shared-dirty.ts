import { tryAgain } from "#ingest/projection/try-again.ts";
import { reachOf, walkAll } from "#ingest/projection/unit-reach.ts";
import { createWalks, type KeyTypes, type Neighbours, tooCommonAt } from "#lib/crosswalk/adjacent.ts";
import { unitsNear } from "#lib/crosswalk/alias-units.ts";
import type { FlowId } from "#lib/id/id.ts";
import { type Key, toKeyId } from "#lib/key/key.ts";
import type { Crosswalk, Link, Unit, UnitId, Units } from "#lib/storage/projection.ts";
import type { SharedProjection, UnitChange } from "#lib/storage/shared-projection.ts";

interface SharedDirtyOptions {
  readonly units: Units;
  readonly crosswalk: Crosswalk;
  readonly shared: Pick<SharedProjection, "learn">;
  /** Units the batch has changed, as they are written. */
  readonly changed: ReadonlyMap<UnitId, Unit>;
  readonly newLinks: readonly Link[];
  /** The crosswalk without these. */
  readonly before: Crosswalk;
}

interface SharedDirty {
  readonly primaries: readonly string[];
  /** To be written when these have been judged; of no harm where somebody else was faster. */
  readonly settled: readonly UnitChange[];
}

const neighboursIn =
  (crosswalk: Crosswalk): Neighbours =>
  (keys, types) =>
    crosswalk.neighbours(keys, types, tooCommonAt);

/**
 * Primaries of a flow whose journey has to be judged again after a batch was learned: those whose own unit changed, and those that an alias
 * unit which changed, or which is near a new link, leads to or led to. The alias units are widened to them (see unit-reach.ts).
 */
export async function findSharedDirty(
  flow: FlowId,
  /** null: no alias unit of the flow can lead anywhere. */
  types: KeyTypes | null,
  options: SharedDirtyOptions,
): Promise<SharedDirty> {
  const { units, crosswalk, changed, newLinks } = options;
  const dirty = new Set<string>();
  const settled = new Map<UnitId, UnitChange>();
  const affected = new Map<UnitId, Unit>();
  for (const unit of changed.values()) {
    if (unit.flow !== flow) continue;
    if (unit.isPrimary) for (const { value } of unit.keys) dirty.add(value);
    else affected.set(unit.id, unit);
  }
  if (types === null) return { primaries: [...dirty], settled: [] };

  const ends = newLinks.flatMap(({ a, b }) => [a, b]).filter(({ type }) => types.aliases.includes(type));
  const starts = [...new Map(ends.map((key) => [toKeyId(key), key])).values()];
  // A key that has become too common carries nothing any more: what lies beyond it is found in the crosswalk as it was.
  const graphs = [options.before, crosswalk].map((each) => createWalks(neighboursIn(each))(types));
  const list = (aliases: readonly Key[], limit: number) => units.listByAliases(flow, aliases, limit);
  for await (const near of unitsNear(starts, graphs, list))
    for (const unit of near) if (!affected.has(unit.id)) affected.set(unit.id, unit);

  await tryAgain<ReadonlyMap<UnitId, Unit>>(affected, async (left) => {
    // Read anew each time: who was faster may have learned links as well.
    const walked = await walkAll([...left.values()], createWalks(neighboursIn(crosswalk))(types));
    const changes: UnitChange[] = [];
    for (const [unit, now] of walked) {
      const reach = reachOf(unit.leadsTo, now, changed.has(unit.id));
      for (const value of reach.dirty) dirty.add(value);
      if (reach.widened === null) continue;
      const widened = { ...unit, leadsTo: reach.widened };
      changes.push({ unit: widened, over: unit });
      if (reach.settled !== null) settled.set(unit.id, { unit: { ...widened, leadsTo: reach.settled }, over: widened });
    }
    if (changes.length === 0) return new Map();
    const { conflicts } = await options.shared.learn({ units: changes, links: [], keys: [], again: false });
    for (const id of conflicts) settled.delete(id);
    return conflicts.size === 0 ? new Map() : await units.load([...conflicts]);
  });
  return { primaries: [...dirty], settled: [...settled.values()] };
}
