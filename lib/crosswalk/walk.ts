import { type Adjacent, type Beside, tooCommonAt } from "#lib/crosswalk/adjacent.ts";
import { toKeyId, type Key, type KeyId } from "#lib/key/key.ts";

/** An event reaches a primary over at most so many links. */
const mostLinks = 4;
/** Bounds one walk's work; a web of aliases larger than this is not one record's. */
const mostVisited = 10_000;

export interface Nearest {
  /** The primaries of the nearest ring, sorted by value; empty where the aliases lead nowhere yet. Equal arrays are mostly the same. */
  readonly primaries: readonly Key[];
  /** Links from the aliases to them; 0 where there are none. */
  readonly links: number;
  /** A key on the way, or the ring itself, stood beside more than 1,000 primaries. */
  readonly tooCommon: boolean;
}

/**
 * Whose an event is that names only these aliases (DESIGN 5, "Whose events"; 5.1, "Linking"): the primaries its aliases were seen
 * beside in one event; only if there are none, those reached over one further alias, and so on. All aliases start together.
 */
export const nearestPrimaries = async (start: readonly Key[], adjacent: Adjacent): Promise<Nearest> => {
  const visited = new Set<KeyId>(start.map(toKeyId));
  let ring: readonly Key[] = start;
  let tooCommon = false;
  for (let links = 1; links <= mostLinks && ring.length > 0; links += 1) {
    const reached: Beside[] = [];
    const next = new Map<KeyId, Key>();
    for (const beside of (await adjacent(ring)).values()) {
      if (beside.isTooCommon) {
        tooCommon = true;
        continue;
      }
      if (beside.primaries.size > 0) reached.push(beside);
      for (const [id, key] of beside.aliases) if (!visited.has(id)) next.set(id, key);
    }
    const primaries = primariesOf(reached);
    if (primaries.length > tooCommonAt) return { primaries: [], links: 0, tooCommon: true };
    if (primaries.length > 0) return { primaries, links, tooCommon };
    for (const id of next.keys()) visited.add(id);
    if (visited.size > mostVisited) break;
    ring = [...next.values()];
  }
  return { primaries: [], links: 0, tooCommon };
};

/** All of them, sorted by value. Where one stands beside what the others do, every time the same array: many walks end there. */
const primariesOf = (reached: readonly Beside[]): readonly Key[] => {
  const [first, ...others] = reached.toSorted((a, b) => b.primaries.size - a.primaries.size);
  if (first === undefined) return [];
  const further = new Map<KeyId, Key>();
  for (const { primaries } of others) {
    for (const [id, key] of primaries) if (!first.primaries.has(id)) further.set(id, key);
  }
  if (further.size > 0) return [...first.primaries.values(), ...further.values()].toSorted(byValue);
  const known = sorted.get(first) ?? [...first.primaries.values()].toSorted(byValue);
  sorted.set(first, known);
  return known;
};

const sorted = new WeakMap<Beside, readonly Key[]>();

const byValue = (a: Key, b: Key): number => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0);
