import { tryAgain } from "#ingest/projection/try-again.ts";
import type { Unit, UnitId, Units } from "#lib/storage/projection.ts";
import type { Learned, Lesson, SharedProjection, UnitChange } from "#lib/storage/shared-projection.ts";

interface UnitLesson extends Omit<Lesson, "units"> {
  readonly ids: Iterable<UnitId>;
  /** What the unit becomes; null: it stays as it is. Asked again with what somebody else has written meanwhile. */
  readonly make: (id: UnitId, unit: Unit | null) => Promise<Unit | null>;
}

export interface Taught extends Omit<Learned, "conflicts"> {
  /** As they are now; those that stayed as they were are not among them. */
  readonly changed: ReadonlyMap<UnitId, Unit>;
}

/** Makes units from what they are now and writes them over that, again and again where somebody else was faster. */
export async function learnUnits(
  { ids, make, links, keys, again }: UnitLesson,
  { units, shared }: { readonly units: Pick<Units, "load">; readonly shared: Pick<SharedProjection, "learn"> },
): Promise<Taught> {
  const changed = new Map<UnitId, Unit>();
  const change = async (left: ReadonlySet<UnitId>): Promise<readonly UnitChange[]> => {
    const loaded = await units.load([...left]);
    const changes: UnitChange[] = [];
    for (const id of left) {
      const over = loaded.get(id) ?? null;
      const unit = await make(id, over);
      changed.delete(id);
      if (unit === null) continue;
      changed.set(id, unit);
      changes.push({ unit, over });
    }
    return changes;
  };
  const first = await shared.learn({ units: await change(new Set(ids)), links, keys, again });
  await tryAgain(first.conflicts, async (left) => {
    const { conflicts } = await shared.learn({ units: await change(left), links: [], keys: [], again });
    return conflicts;
  });
  return { changed, newLinks: first.newLinks, before: first.before };
}
