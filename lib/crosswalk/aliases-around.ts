import { adjacent, type KeyTypes, type Neighbours } from "#lib/crosswalk/adjacent.ts";
import { toKeyId, type Key, type KeyId } from "#lib/key/key.ts";

/** A link changes walks that start at most this many links away: one more would make five. */
const linksBeyond = 3;
const mostAliases = 2_000;

/**
 * The aliases from which a walk could end at this primary: those seen beside it, and further ones as long as no nearer primary
 * stands in the way. Candidates only: who needs to know walks forward from the unit's aliases with `nearestPrimaries`.
 */
export const aliasesAround = async (primary: Key, types: KeyTypes, neighbours: Neighbours): Promise<readonly Key[]> => {
  const beside = (await adjacent([primary], types, neighbours)).get(toKeyId(primary));
  return beside === undefined ? [] : spread([...beside.aliases.values()], types, neighbours, "until a primary");
};

/** The aliases whose walks a new link at these keys could change: themselves, where they are aliases, and what lies up to three links around. */
export const aliasesNear = async (
  keys: readonly Key[],
  types: KeyTypes,
  neighbours: Neighbours,
): Promise<readonly Key[]> =>
  spread(
    keys.filter((key) => types.aliases.includes(key.type)),
    types,
    neighbours,
    "everywhere",
  );

const spread = async (
  start: readonly Key[],
  types: KeyTypes,
  neighbours: Neighbours,
  how: "until a primary" | "everywhere",
): Promise<readonly Key[]> => {
  const found = new Map<KeyId, Key>(start.map((key) => [toKeyId(key), key]));
  let ring: readonly Key[] = start;
  for (let links = 1; links <= linksBeyond && ring.length > 0 && found.size < mostAliases; links += 1) {
    const next = new Map<KeyId, Key>();
    for (const { primaries, aliases, isTooCommon } of (await adjacent(ring, types, neighbours)).values()) {
      // Beyond an alias that has a primary of its own every walk ends there; only the first ring stands beside ours.
      if (isTooCommon || (how === "until a primary" && links > 1 && primaries.size > 0)) continue;
      for (const [id, key] of aliases) if (!found.has(id)) next.set(id, key);
    }
    for (const [id, key] of next) found.set(id, key);
    ring = [...next.values()];
  }
  return [...found.values()].slice(0, mostAliases);
};
