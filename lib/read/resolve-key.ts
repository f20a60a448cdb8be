import { adjacent, tooCommonAt } from "#lib/crosswalk/adjacent.ts";
import { nearestPrimaries } from "#lib/crosswalk/walk.ts";
import { toKeyId, type Key } from "#lib/key/key.ts";
import type { JourneyFlow, JourneySources } from "#lib/read/load-journey.ts";
import type { Crosswalk, Unit } from "#lib/storage/projection.ts";

/** Where a key leads in one flow. */
export interface Resolution {
  readonly primaries: readonly string[];
  /** Units that carry the key and lead nowhere yet. */
  readonly waiting: readonly Unit[];
  /** Records it leads to, where they are too many for a business key; then it leads to none. */
  readonly tooCommon: number | null;
}

const nowhere: Resolution = { primaries: [], waiting: [], tooCommon: null };
const maxUnits = 2_000;
/** A too common key is counted up to here. */
const maxCounted = 100_000;

/** A primary is itself; an alias leads where its events belong: to its nearest primaries. */
export async function resolveKey(
  key: Key,
  { flow, types }: JourneyFlow,
  { units, walks, crosswalk }: JourneySources & { readonly crosswalk: Crosswalk },
): Promise<Resolution> {
  if (key.type === types.primary) return { ...nowhere, primaries: [key.value] };
  if (!types.aliases.includes(key.type)) return nowhere;
  const walk = walks(types);
  const beside = (await walk([key])).get(toKeyId(key));
  if (beside?.isTooCommon === true) {
    const counted = await adjacent([key], types, async (keys, wanted) =>
      crosswalk.neighbours(keys, wanted, maxCounted),
    );
    return { ...nowhere, tooCommon: counted.get(toKeyId(key))?.primaries.size ?? tooCommonAt + 1 };
  }
  const { primaries } = await nearestPrimaries([key], walk);
  if (primaries.length > 0) return { ...nowhere, primaries: primaries.map(({ value }) => value) };
  // Each of its events starts the walk with all its aliases, and may come one link further than the key alone.
  const waiting: Unit[] = [];
  const further = new Set<string>();
  for (const unit of await units.listByAliases(flow, [key], maxUnits)) {
    const nearest = await nearestPrimaries(unit.keys, walk);
    if (nearest.primaries.length === 0) waiting.push(unit);
    for (const { value } of nearest.primaries) further.add(value);
  }
  return { primaries: [...further].toSorted(), waiting: further.size > 0 ? [] : waiting, tooCommon: null };
}
