import { toKeyType } from "#lib/id/id.ts";
import type { KeyValues } from "#lib/event/hop-event.ts";
import type { Key } from "#lib/key/key.ts";

/** The keys of an event one by one, each once, in the order sent. */
export const keysOf = (values: KeyValues): readonly Key[] => {
  const keys: Key[] = [];
  for (const name of Object.keys(values)) {
    const type = toKeyType(name);
    const list = values[type] ?? [];
    for (const value of list.length > 1 ? new Set(list) : list) keys.push({ type, value });
  }
  return keys;
};
