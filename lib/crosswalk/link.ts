import type { Key } from "#lib/key/key.ts";

/** Two keys in one event. Undirected; stored once. */
export interface Link {
  readonly a: Key;
  readonly b: Key;
}
