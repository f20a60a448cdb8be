import type { KeyValues } from "#lib/event/hop-event.ts";
import { toKeyType, type KeyType } from "#lib/id/id.ts";
import { toKeyId, type Key } from "#lib/key/key.ts";

/** The keys of an event, each once, sorted by type and value; of the given types only, where any are given. */
export function keysOf(values: KeyValues, types?: readonly KeyType[]): readonly Key[] {
  const found = new Map<string, Key>();
  for (const type of types ?? Object.keys(values).map(toKeyType)) {
    if (!Object.hasOwn(values, type)) continue;
    for (const value of values[type] ?? []) {
      const key = { type, value };
      found.set(toKeyId(key), key);
    }
  }
  if (found.size < 2) return [...found.values()];
  return [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, key]) => key);
}
