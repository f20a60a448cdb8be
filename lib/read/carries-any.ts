import type { StoredEvent } from "#lib/event/hop-event.ts";
import { toKeyType } from "#lib/id/id.ts";
import { type Key, toKeyId } from "#lib/key/key.ts";

/** Whether an event carries any of the keys; of searchable types the token is the value. */
export function carriesAny(keys: readonly Key[]): (event: StoredEvent) => boolean {
  const wanted = new Set<string>(keys.map(toKeyId));
  const isWanted = (type: string, value: string): boolean => wanted.has(toKeyId({ type: toKeyType(type), value }));
  return ({ keys: own, searchable = {} }) =>
    Object.entries(own).some(([type, values]) => values.some((value) => isWanted(type, value))) ||
    Object.entries(searchable).some(([type, values]) => values.some(({ token }) => isWanted(type, token)));
}
