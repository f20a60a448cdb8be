import type { KeyValues } from "#lib/event/hop-event.ts";
import { keysOf } from "#lib/crosswalk/keys-of.ts";
import type { Key } from "#lib/key/key.ts";

/** Two keys that stood in one event. Undirected: `a` comes before `b` in the order of keys. */
export interface KeyLink {
  readonly a: Key;
  readonly b: Key;
}

/**
 * Every link one event teaches: each pair of its keys, of whatever types and flow (searchable values are not among `keys`).
 * n keys make n(n−1)/2 links: an event that names 1,000 orders and 1,000 waybills makes two million, so take them as they come.
 */
export function* linksOf(keys: KeyValues): Generator<KeyLink> {
  const all = keysOf(keys);
  for (const [i, a] of all.entries()) {
    for (let j = i + 1; j < all.length; j += 1) {
      const b = all[j];
      if (b !== undefined) yield { a, b };
    }
  }
}
