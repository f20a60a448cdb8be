import { createWalks, type Neighbours, tooCommonAt, type Walks } from "#lib/crosswalk/adjacent.ts";
import { toKeyId, type Key, type KeyId } from "#lib/key/key.ts";
import type { Crosswalk, Link } from "#lib/storage/projection.ts";

/** The crosswalk as it was, and as it is with the links of a batch that is not committed yet. */
export interface KeyGraph {
  /** As a flow with these key types walks it; every key is asked once. */
  readonly before: Walks;
  readonly after: Walks;
  /** Those of the links that the crosswalk did not know. */
  findNew(): Promise<readonly Link[]>;
}

export function createKeyGraph(crosswalk: Crosswalk, links: readonly Link[]): KeyGraph {
  const added = new Map<KeyId, Map<KeyId, Key>>();
  const add = (from: Key, to: Key): void => {
    const id = toKeyId(from);
    const others = added.get(id) ?? new Map<KeyId, Key>();
    added.set(id, others.set(toKeyId(to), to));
  };
  for (const { a, b } of links) {
    add(a, b);
    add(b, a);
  }
  const before: Neighbours = async (keys, types) => crosswalk.neighbours(keys, types, tooCommonAt);
  const after: Neighbours = async (keys, types) => {
    const kept = await before(keys, types);
    if (added.size === 0) return kept;
    const found = new Map(kept);
    for (const key of keys) {
      const id = toKeyId(key);
      const fresh = [...(added.get(id)?.values() ?? [])].filter(({ type }) => types.includes(type));
      if (fresh.length === 0) continue;
      const others = new Map((kept.get(id) ?? []).map((other) => [toKeyId(other), other]));
      for (const other of fresh) others.set(toKeyId(other), other);
      found.set(id, [...others.values()]);
    }
    return found;
  };
  return {
    before: createWalks(before),
    after: createWalks(after),
    async findNew() {
      const ends = new Map(links.map(({ a }) => [toKeyId(a), a]));
      const types = [...new Set(links.map(({ b }) => b.type))];
      const kept = await before([...ends.values()], types);
      return links.filter(({ a, b }) => {
        const other = toKeyId(b);
        return kept.get(toKeyId(a))?.some((known) => toKeyId(known) === other) !== true;
      });
    },
  };
}
