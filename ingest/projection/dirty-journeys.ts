import type { World } from "#ingest/collector/world.ts";
import { aliasUnitLimit, keyTypesOf } from "#ingest/projection/journeys.ts";
import type { KeyGraph } from "#ingest/projection/key-graph.ts";
import type { KeyTypes } from "#lib/crosswalk/adjacent.ts";
import { aliasesNear } from "#lib/crosswalk/aliases-around.ts";
import { nearestPrimaries } from "#lib/crosswalk/walk.ts";
import type { FlowId } from "#lib/id/id.ts";
import { toKeyId } from "#lib/key/key.ts";
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
  for (const unit of await listNearLinks(flow, types, options)) if (!affected.has(unit.id)) affected.set(unit.id, unit);
  for (const unit of affected.values()) {
    const before =
      options.known.has(unit.id) || !options.changed.has(unit.id)
        ? await walk(unit, types, options.graph.before)
        : new Set<string>();
    const after = await walk(unit, types, options.graph.after);
    const hasNewFacts = options.changed.has(unit.id);
    for (const value of after) if (hasNewFacts || !before.has(value)) dirty.add(value);
    for (const value of before) if (hasNewFacts || !after.has(value)) dirty.add(value);
  }
  return [...dirty];
}

/** Units known by aliases only, near enough to a new link for their walk to go another way. */
async function listNearLinks(
  flow: FlowId,
  types: KeyTypes,
  { units, graph, newLinks }: DirtyOptions,
): Promise<readonly Unit[]> {
  const ends = newLinks.flatMap(({ a, b }) => [a, b]).filter(({ type }) => types.aliases.includes(type));
  if (ends.length === 0) return [];
  // A key that has become too common carries nothing any more: what lies beyond it is found in the crosswalk as it was.
  const near = [...(await aliasesNear(ends, types, graph.before)), ...(await aliasesNear(ends, types, graph.after))];
  const aliases = [...new Map(near.map((key) => [toKeyId(key), key])).values()];
  return await units.listByAliases(flow, aliases, aliasUnitLimit);
}

async function walk(unit: Unit, types: KeyTypes, neighbours: KeyGraph["before"]): Promise<ReadonlySet<string>> {
  const { primaries } = await nearestPrimaries(unit.keys, types, neighbours);
  return new Set(primaries.map(({ value }) => value));
}
