import type { StoredEvent } from "#lib/event/hop-event.ts";
import { toKeyId, type Key } from "#lib/key/key.ts";
import type { EventLog } from "#lib/storage/event-log.ts";

/** Newest by arrival; a key that more events carry shows these. */
const maxEventsPerKey = 1_000;

export type ListEvents = (keys: readonly Key[]) => Promise<readonly StoredEvent[]>;

/** Kept events that carry any of the keys, each once; what was read for one question of a look-up is not read again for the next. */
export function rememberEvents(events: Pick<EventLog, "listByKeys">): ListEvents {
  const asked = new Map<string, Promise<readonly StoredEvent[]>>();
  const listOf = (key: Key): Promise<readonly StoredEvent[]> => {
    const id = toKeyId(key);
    const known = asked.get(id) ?? events.listByKeys([key], maxEventsPerKey);
    asked.set(id, known);
    return known;
  };
  return async (keys) => {
    const [first = [], ...more] = await Promise.all(keys.map(listOf));
    if (more.length === 0) return first;
    const found = new Map<string, StoredEvent>();
    for (const event of [first, ...more].flat()) found.set(JSON.stringify([event.source, event.id]), event);
    return [...found.values()];
  };
}
