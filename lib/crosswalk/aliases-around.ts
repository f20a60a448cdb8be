import type { Adjacent } from "#lib/crosswalk/adjacent.ts";
import { toKeyId, type Key, type KeyId } from "#lib/key/key.ts";

/** A link changes walks that start at most this many links away: one more would make five. */
const linksBeyond = 3;

/** At most as many as were asked for; `isCut`: there are more. */
export interface Aliases {
  readonly keys: readonly Key[];
  readonly isCut: boolean;
}

/**
 * The aliases from which a walk could end at one of these primaries: those seen beside them, and further ones as long as no nearer
 * primary stands in the way. Candidates only: who needs to know walks forward from the unit's aliases with `nearestPrimaries`.
 */
export const aliasesAround = async (primaries: readonly Key[], adjacent: Adjacent, limit: number): Promise<Aliases> => {
  const beside = new Map<KeyId, Key>();
  for (const { aliases } of (await adjacent(primaries)).values()) for (const [id, key] of aliases) beside.set(id, key);
  return spread([...beside.values()], adjacent, limit, "until a primary");
};

/** These aliases, and those whose walks a new link at one of them could change: what lies up to three links around. */
export const aliasesNear = async (aliases: readonly Key[], adjacent: Adjacent, limit: number): Promise<Aliases> =>
  spread(aliases, adjacent, limit, "everywhere");

const spread = async (
  start: readonly Key[],
  adjacent: Adjacent,
  limit: number,
  how: "until a primary" | "everywhere",
): Promise<Aliases> => {
  const found = new Map<KeyId, Key>(start.map((key) => [toKeyId(key), key]));
  let ring: readonly Key[] = [...found.values()];
  for (let links = 1; links <= linksBeyond && ring.length > 0 && found.size <= limit; links += 1) {
    const next = new Map<KeyId, Key>();
    for (const { primaries, aliases, isTooCommon } of (await adjacent(ring)).values()) {
      // Beyond an alias that has a primary of its own every walk ends there; only the first ring stands beside ours.
      if (isTooCommon || (how === "until a primary" && links > 1 && primaries.size > 0)) continue;
      for (const [id, key] of aliases) if (!found.has(id)) next.set(id, key);
    }
    for (const [id, key] of next) found.set(id, key);
    ring = [...next.values()];
  }
  return { keys: [...found.values()].slice(0, limit), isCut: found.size > limit };
};
