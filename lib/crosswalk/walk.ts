import type { Flow } from "#lib/flow/flow-version.ts";
import type { KeyType } from "#lib/id/id.ts";
import { toKeyId, type Key } from "#lib/key/key.ts";

/** A flow walks keys of its own types only. */
export type FlowKeyTypes = Pick<Flow, "primary" | "aliases">;

/** Keys seen beside each key in one event, by key id; keys without any may be left out. May answer with more types than asked. */
export type Neighbours = (keys: readonly Key[]) => Promise<ReadonlyMap<string, readonly Key[]>>;

export interface WalkLimits {
  /** Links from an alias to a primary at most. */
  readonly links: number;
  /** A key seen beside more primaries is no business key; a ring that holds more leads nowhere. */
  readonly primaries: number;
  /** A walk that meets more keys gives up as if they were one too common key: memory stays bounded whatever was sent. */
  readonly keys: number;
}

export const walkLimits: WalkLimits = { links: 4, primaries: 1000, keys: 50_000 };

/** Something that leads to too many primaries: a key, or (null) all of the nearest ring together. */
export interface TooCommon {
  readonly key: Key | null;
  /** Primaries it leads to; `neighbours` may have stopped counting just above the limit. */
  readonly count: number;
}

export interface NearestPrimaries {
  /** Values, sorted; empty where the aliases lead nowhere (yet). */
  readonly primaries: readonly string[];
  /** Links from the aliases to them; 0 where there are none. */
  readonly links: number;
  /** Why they lead nowhere, or less far, where a key or ring was too common. */
  readonly tooCommon: TooCommon | null;
}

/**
 * The primaries that an event without one belongs to (DESIGN 5, Whose events; 5.1, Linking): all its aliases start together; the nearest
 * ring that holds any primary is the answer. A key beside too many primaries neither starts nor carries a link.
 */
export async function nearestPrimaries(
  aliases: readonly Key[],
  types: FlowKeyTypes,
  neighbours: Neighbours,
  limits: WalkLimits = walkLimits,
): Promise<NearestPrimaries> {
  const visited = new Set<string>();
  let frontier = takeNew(aliases, types.aliases, visited);
  let tooCommon: TooCommon | null = null;
  for (let links = 1; links <= limits.links && frontier.length > 0; links += 1) {
    const seen = await neighbours(frontier);
    const ring = new Set<string>();
    const next: Key[] = [];
    for (const key of frontier) {
      const beside = seen.get(toKeyId(key)) ?? [];
      const primaries = beside.filter(({ type }) => type === types.primary);
      if (primaries.length > limits.primaries) {
        tooCommon ??= { key, count: primaries.length };
        continue;
      }
      for (const { value } of primaries) ring.add(value);
      for (const other of takeNew(beside, types.aliases, visited)) next.push(other);
    }
    if (ring.size > limits.primaries) return { primaries: [], links: 0, tooCommon: { key: null, count: ring.size } };
    if (ring.size > 0) return { primaries: [...ring].toSorted(), links, tooCommon };
    if (visited.size > limits.keys) return { primaries: [], links: 0, tooCommon: { key: null, count: visited.size } };
    frontier = next;
  }
  return { primaries: [], links: 0, tooCommon };
}

/** Those of the types that were not met before; they are marked as met. */
export function takeNew(keys: readonly Key[], types: readonly KeyType[], visited: Set<string>): readonly Key[] {
  return keys.filter((key) => {
    const id = toKeyId(key);
    if (!types.includes(key.type) || visited.has(id)) return false;
    visited.add(id);
    return true;
  });
}
