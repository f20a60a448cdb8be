import type { Adjacent } from "#lib/crosswalk/adjacent.ts";
import { type Aliases, aliasesAround, aliasesNear } from "#lib/crosswalk/aliases-around.ts";
import type { UnitPlace } from "#lib/crosswalk/unit.ts";
import { nearestPrimaries } from "#lib/crosswalk/walk.ts";
import type { Key } from "#lib/key/key.ts";

/** Aliases, and alias units, that are looked at for one key; more belong to no business record. */
const mostOfOne = 2_000;
/** So many keys are looked at together, and so much is held at once for them: where there is more, they are parted. */
const mostTogether = 500;
const mostHeld = 20_000;

/** Alias units of the flow that carry any of the aliases; at most `limit`. */
export type ListByAliases<Unit> = (aliases: readonly Key[], limit: number) => Promise<readonly Unit[]>;

/** Units known by aliases only that lead to the same primaries: what they say can be put together once for all of these. */
export interface AliasGroup<Unit> {
  readonly primaries: readonly Key[];
  readonly units: readonly Unit[];
}

interface Part<Unit> {
  readonly keys: readonly Key[];
  readonly units: readonly Unit[];
}

/** The alias units whose nearest primaries include one of these, part by part: every primary is in one part. */
export async function* unitsLeadingTo<Unit extends UnitPlace>(
  primaries: readonly Key[],
  adjacent: Adjacent,
  list: ListByAliases<Unit>,
): AsyncGenerator<{ readonly primaries: readonly Key[]; groupsOf(primary: string): readonly AliasGroup<Unit>[] }> {
  const parts = inParts(primaries, async (keys, limit) => aliasesAround(keys, adjacent, limit), list);
  for await (const { keys, units } of parts) {
    const wanted = new Set(keys.map(({ value }) => value));
    const byPrimaries = new Map<readonly Key[], Unit[]>();
    // All with one question; each walk finds the answers there.
    await adjacent(units.flatMap((unit) => unit.keys));
    for (const unit of units) {
      const nearest = await nearestPrimaries(unit.keys, adjacent);
      const group = byPrimaries.get(nearest.primaries);
      if (group === undefined) byPrimaries.set(nearest.primaries, [unit]);
      else group.push(unit);
    }
    const groups = new Map<string, AliasGroup<Unit>[]>();
    for (const [leadsTo, own] of byPrimaries) {
      const group = { primaries: leadsTo, units: own };
      for (const { value } of leadsTo) {
        if (!wanted.has(value)) continue;
        const known = groups.get(value);
        if (known === undefined) groups.set(value, [group]);
        else known.push(group);
      }
    }
    yield { primaries: keys, groupsOf: (primary) => groups.get(primary) ?? [] };
  }
}

/** The alias units near enough to new links at these aliases for their walk to go another way, part by part; some may come twice. */
export async function* unitsNear<Unit extends UnitPlace>(
  aliases: readonly Key[],
  graphs: readonly Adjacent[],
  list: ListByAliases<Unit>,
): AsyncGenerator<readonly Unit[]> {
  for (const adjacent of graphs) {
    const parts = inParts(aliases, async (keys, limit) => aliasesNear(keys, adjacent, limit), list);
    for await (const { units } of parts) yield units;
  }
}

type Around = (keys: readonly Key[], limit: number) => Promise<Aliases>;

async function* inParts<Unit>(
  keys: readonly Key[],
  around: Around,
  list: ListByAliases<Unit>,
): AsyncGenerator<Part<Unit>> {
  for (let first = 0; first < keys.length; first += mostTogether)
    yield* part(keys.slice(first, first + mostTogether), around, list);
}

/** The alias units around keys: of all together where they are few enough to be held, else of half of them after the other. */
async function* part<Unit>(
  keys: readonly Key[],
  around: Around,
  list: ListByAliases<Unit>,
): AsyncGenerator<Part<Unit>> {
  const isOne = keys.length === 1;
  const limit = isOne ? mostOfOne : mostHeld;
  const aliases = await around(keys, limit);
  const units = aliases.keys.length === 0 || (aliases.isCut && !isOne) ? [] : await list(aliases.keys, limit);
  if (isOne || (!aliases.isCut && units.length < limit)) {
    yield { keys, units };
    return;
  }
  const middle = Math.ceil(keys.length / 2);
  yield* part(keys.slice(0, middle), around, list);
  yield* part(keys.slice(middle), around, list);
}
