import { takeNew, walkLimits, type FlowKeyTypes, type Neighbours, type WalkLimits } from "#lib/crosswalk/walk.ts";
import { toKeyId, type Key } from "#lib/key/key.ts";

/**
 * The walk backwards: aliases from which an event without a primary may lead to, or through, the given keys. From a primary: the aliases
 * of the units that may belong to it. From the keys of a link just learned: those of the units whose primaries the link may change.
 *
 * Candidates only, nearest first: the caller walks forward (`nearestPrimaries`) from each unit that carries one. What is left out can not
 * be on the way: an alias that stands beside another primary leads there, which is nearer.
 */
export async function aliasesAround(
  from: readonly Key[],
  types: FlowKeyTypes,
  neighbours: Neighbours,
  limits: WalkLimits = walkLimits,
): Promise<readonly Key[]> {
  const visited = new Set<string>();
  const found: Key[] = [...takeNew(from, types.aliases, visited)];
  const primaries = from.filter(({ type }) => type === types.primary);
  const wanted = new Set(primaries.map(({ value }) => value));
  const carries = (beside: readonly Key[]): boolean => {
    const seen = beside.filter(({ type }) => type === types.primary);
    return seen.length === 0 || (seen.length <= limits.primaries && seen.some(({ value }) => wanted.has(value)));
  };
  let frontier: readonly Key[] = [...found, ...primaries];
  // From an alias at least the last link, to a primary, is already taken.
  const links = primaries.length > 0 ? limits.links : limits.links - 1;
  for (let link = 1; link <= links && frontier.length > 0 && visited.size <= limits.keys; link += 1) {
    const seen = await neighbours(frontier);
    const next: Key[] = [];
    for (const key of frontier) {
      const beside = seen.get(toKeyId(key)) ?? [];
      if (link > 1 && !carries(beside)) continue;
      for (const other of takeNew(beside, types.aliases, visited)) next.push(other);
    }
    found.push(...next);
    frontier = next;
  }
  return found;
}
