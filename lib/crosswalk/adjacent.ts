import { bundleType } from "#lib/crosswalk/links-of.ts";
import type { KeyType } from "#lib/id/id.ts";
import { toKeyId, type Key, type KeyId } from "#lib/key/key.ts";

/** More primaries than this, and a key is no business key: it stops linking (DESIGN 5). */
export const tooCommonAt = 1_000;

/**
 * Keys seen beside each of the given keys in one event, of the given types; at most `tooCommonAt` + 1 a key and type,
 * which is how a caller tells "more". The port `Crosswalk.neighbours` with its limit filled in.
 */
export type Neighbours = (
  keys: readonly Key[],
  types: readonly KeyType[],
) => Promise<ReadonlyMap<string, readonly Key[]>>;

/** A flow's own key types: a walk uses no others. */
export interface KeyTypes {
  readonly primary: KeyType;
  readonly aliases: readonly KeyType[];
}

/** What stands one link from a key. */
export interface Beside {
  readonly primaries: ReadonlyMap<KeyId, Key>;
  readonly aliases: ReadonlyMap<KeyId, Key>;
  /** Seen beside more than 1,000 primaries: it neither starts nor carries a link. */
  readonly isTooCommon: boolean;
}

/** One link from each of the keys, events with many keys stepped over. */
export const adjacent = async (
  keys: readonly Key[],
  types: KeyTypes,
  neighbours: Neighbours,
): Promise<ReadonlyMap<KeyId, Beside>> => {
  const own = [types.primary, ...types.aliases];
  const direct = await neighbours(keys, [...own, bundleType]);
  const bundles = new Map<KeyId, Key>();
  for (const list of direct.values()) {
    for (const key of list) if (key.type === bundleType) bundles.set(toKeyId(key), key);
  }
  const bundled = bundles.size === 0 ? new Map<string, readonly Key[]>() : await neighbours([...bundles.values()], own);

  const found = new Map<KeyId, Beside>();
  for (const key of keys) {
    const id = toKeyId(key);
    const primaries = new Map<KeyId, Key>();
    const aliases = new Map<KeyId, Key>();
    const add = (other: Key): void => {
      const otherId = toKeyId(other);
      if (otherId === id) return;
      if (other.type === types.primary) primaries.set(otherId, other);
      else aliases.set(otherId, other);
    };
    for (const other of direct.get(id) ?? []) {
      if (other.type === bundleType) for (const member of bundled.get(toKeyId(other)) ?? []) add(member);
      else add(other);
    }
    found.set(id, { primaries, aliases, isTooCommon: primaries.size > tooCommonAt });
  }
  return found;
};

/** One link from each of the keys within a flow's key types. */
export type Adjacent = (keys: readonly Key[]) => Promise<ReadonlyMap<KeyId, Beside>>;

/** `adjacent` for many walks through one and the same crosswalk: every key is asked once. */
export const createAdjacent = (types: KeyTypes, neighbours: Neighbours): Adjacent => {
  const known = new Map<KeyId, Beside>();
  return async (keys) => {
    const unknown = keys.filter((key) => !known.has(toKeyId(key)));
    if (unknown.length > 0)
      for (const [id, beside] of await adjacent(unknown, types, neighbours)) known.set(id, beside);
    const found = new Map<KeyId, Beside>();
    for (const key of keys) {
      const id = toKeyId(key);
      const beside = known.get(id);
      if (beside !== undefined) found.set(id, beside);
    }
    return found;
  };
};

/** One crosswalk at one moment, as each flow walks it. */
export type Walks = (types: KeyTypes) => Adjacent;

export const createWalks = (neighbours: Neighbours): Walks => {
  const known = new Map<string, Adjacent>();
  return (types) => {
    const name = [types.primary, ...types.aliases].join(" ");
    const walk = known.get(name) ?? createAdjacent(types, neighbours);
    known.set(name, walk);
    return walk;
  };
};
