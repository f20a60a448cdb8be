import type { Key } from "#lib/key/key.ts";
import type { EventAnswer } from "#lib/record/record-answer.ts";

/** The event with at most so many values of each key type, the given key among them; `keysTotal` says how many there are where some are left out. */
export function cutKeys(event: EventAnswer, own: Key, limit: number): EventAnswer {
  const long = Object.entries(event.keys).filter(([, values]) => values.length > limit);
  if (long.length === 0) return event;
  const cut = long.map(([type, values]): [string, readonly string[]] => {
    const first = values.slice(0, limit);
    const isMissing = type === own.type && values.includes(own.value) && !first.includes(own.value);
    return [type, isMissing ? [own.value, ...first.slice(0, limit - 1)] : first];
  });
  return {
    ...event,
    keys: { ...event.keys, ...Object.fromEntries(cut) },
    keysTotal: Object.fromEntries(long.map(([type, values]) => [type, values.length])),
  };
}
