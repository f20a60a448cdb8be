import type { World } from "#ingest/collector/world.ts";
import { keyTypesOf, listWithChanged } from "#ingest/projection/journeys.ts";
import type { KeyGraph } from "#ingest/projection/key-graph.ts";
import { unitsNear } from "#lib/crosswalk/alias-units.ts";
import { nearestPrimaries } from "#lib/crosswalk/walk.ts";
import type { FlowId } from "#lib/id/id.ts";
import { type Key, toKeyId } from "#lib/key/key.ts";
import type { Link, Unit, UnitId, Units } from "#lib/storage/projection.ts";

interface DirtyOptions {
  readonly units: Units;
  readonly world: World;
  readonly graph: KeyGraph;
  /** Units the batch has changed; of those that are new, `known` has none. */
  readonly changed: ReadonlyMap<UnitId, Unit>;
  readonly known: ReadonlyMap<UnitId, Unit>;
  readonly newLinks: readonly Link[];
}

/**
 * Primaries of a flow whose journey has to be judged again after a batch: those whose own unit changed, those an alias unit leads to now or
 * led to before, and those that gain or lose an alias unit by a link learned in the batch.
 */
export async function findDirty(
  flow: FlowId,
  hasAliasUnits: boolean,
  options: DirtyOptions,
): Promise<readonly string[]> {
  const dirty = new Set<string>();
  const affected = new Map<UnitId, Unit>();
  for (const unit of options.changed.values()) {
    if (unit.flow !== flow) continue;
    if (unit.isPrimary) for (const { value } of unit.keys) dirty.add(value);
    else affected.set(unit.id, unit);
  }
  const types = keyTypesOf(options.world, flow);
  if (types === null || !hasAliasUnits) return [...dirty];
  const graphs = { before: options.graph.before(types), after: options.graph.after(types) };
  const compare = createComparison(dirty);
  const look = async (unit: Unit): Promise<void> => {
    const isChanged = options.changed.has(unit.id);
    const isNew = isChanged && !options.known.has(unit.id);
    const before = isNew ? none : (await nearestPrimaries(unit.keys, graphs.before)).primaries;
    const after = (await nearestPrimaries(unit.keys, graphs.after)).primaries;
    compare(before, after, isChanged);
  };
  for (const unit of affected.values()) await look(unit);
  const ends = options.newLinks.flatMap(({ a, b }) => [a, b]).filter(({ type }) => types.aliases.includes(type));
  const starts = [...new Map(ends.map((key) => [toKeyId(key), key])).values()];
  // A key that has become too common carries nothing any more: what lies beyond it is found in the crosswalk as it was.
  const list = listWithChanged(flow, { units: options.units, changed: noUnits });
  for await (const near of unitsNear(starts, [graphs.before, graphs.after], list)) {
    for (const unit of near) {
      if (affected.has(unit.id)) continue;
      affected.set(unit.id, unit);
      await look(unit);
    }
  }
  return [...dirty];
}

const none: readonly Key[] = [];
const noUnits: ReadonlyMap<UnitId, Unit> = new Map();

/** Adds the primaries that a unit led to or leads to: all of them where its facts are new, else those of one side only. */
function createComparison(
  dirty: Set<string>,
): (before: readonly Key[], after: readonly Key[], hasNewFacts: boolean) => void {
  /** Many units lead to the same thousand: once is enough. */
  const added = new Set<readonly Key[]>();
  const compared = new WeakMap<readonly Key[], Set<readonly Key[]>>();
  const addAll = (keys: readonly Key[]): void => {
    if (added.has(keys)) return;
    added.add(keys);
    for (const { value } of keys) dirty.add(value);
  };
  return (before, after, hasNewFacts) => {
    if (hasNewFacts) {
      addAll(before);
      addAll(after);
      return;
    }
    const known = compared.get(before) ?? new Set();
    if (known.has(after)) return;
    compared.set(before, known.add(after));
    const was = new Set(before.map(({ value }) => value));
    const is = new Set(after.map(({ value }) => value));
    for (const value of is) if (!was.has(value)) dirty.add(value);
    for (const value of was) if (!is.has(value)) dirty.add(value);
  };
}
