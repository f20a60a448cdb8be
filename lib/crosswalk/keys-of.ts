import { toKeyType } from "#lib/id/id.ts";
import type { KeyValues } from "#lib/event/hop-event.ts";
import type { Key } from "#lib/key/key.ts";

/** The keys of an event one by one, each once, in the order sent. */
export const keysOf = (values: KeyValues): readonly Key[] =>
  Object.entries(values).flatMap(([type, list]) =>
    [...new Set(list)].map((value) => ({ type: toKeyType(type), value })),
  );
