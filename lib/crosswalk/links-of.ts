import { toKeyType, type KeyType } from "#lib/id/id.ts";
import { keysOf } from "#lib/crosswalk/keys-of.ts";
import type { Key } from "#lib/key/key.ts";
import type { HopEvent } from "#lib/event/hop-event.ts";
import type { Link } from "#lib/crosswalk/link.ts";

/**
 * Stands for "one event with many keys": every key of it is linked to this one key instead of to each other, because 1,000 orders
 * beside 1,000 parcels would be two million pairs. A walk steps over it as part of the same link. No sender can name this type.
 */
export const bundleType: KeyType = toKeyType("~event");

/** Up to so many keys, pairs are fewer than a detour is worth. */
const pairedKeys = 6;

/** The links one event teaches: every two of its keys were seen in one event (DESIGN 5, "Whose events"). Searchable keys never link. */
export const linksOf = (
  event: Pick<HopEvent, "source" | "id" | "keys">,
  keys = keysOf(event.keys),
): readonly Link[] => {
  if (keys.length < 2) return [];
  if (keys.length > pairedKeys) {
    const bundle: Key = { type: bundleType, value: `${event.source}\u0000${event.id}` };
    return keys.map((key) => ({ a: key, b: bundle }));
  }
  return keys.flatMap((a, index) => keys.slice(index + 1).map((b) => ({ a, b })));
};
