import type { KeyType } from "#lib/id/id.ts";
import { type Key, toKeyId } from "#lib/key/key.ts";
import { toDocumentId } from "#lib/storage/elasticsearch/document-id.ts";
import { type IndexSchema, kept, keyword, long } from "#lib/storage/elasticsearch/index-schema.ts";

/** Keys of one type that were seen beside a key. */
export interface LinkDocument {
  /** The key, hashed: all its documents are found by it. */
  readonly owner: string;
  /** Days of the newest arrival of what is in it, smallest and largest. */
  readonly oldestDay: number;
  readonly newestDay: number;
  /** Adjacency as JSON. */
  readonly kept: string;
}

export interface Adjacency {
  readonly key: readonly [type: KeyType, value: string];
  readonly type: KeyType;
  /** The smallest `mostNeighbours` of all there are, sorted, each with the day it last arrived. */
  readonly values: readonly (readonly [value: string, day: number])[];
}

/** One more than a key may have before it is too common: what lies behind changes no answer but how many there are, which the events tell. */
export const mostNeighbours = 1_001;

export const linkSchema: IndexSchema = {
  name: "link",
  version: 1,
  span: "one",
  properties: { owner: keyword, oldestDay: long, newestDay: long, kept },
};

export const ownerOf = (key: Key): string => toDocumentId(toKeyId(key));
export const linkId = (key: Key, type: KeyType): string => toDocumentId(toKeyId(key), type);

/** Written by `toLinkDocument`. */
export const adjacencyIn = ({ kept: text }: Pick<LinkDocument, "kept">): Adjacency => JSON.parse(text) as Adjacency;

export const toLinkDocument = (adjacency: Adjacency): LinkDocument => {
  const [type, value] = adjacency.key;
  let [oldestDay, newestDay] = [Infinity, -Infinity];
  for (const [, day] of adjacency.values) {
    oldestDay = Math.min(oldestDay, day);
    newestDay = Math.max(newestDay, day);
  }
  return { owner: ownerOf({ type, value }), oldestDay, newestDay, kept: JSON.stringify(adjacency) };
};

/** With these values as of this day; null where it knows all of them as of then or later. */
export const withValues = (
  known: readonly (readonly [value: string, day: number])[],
  added: ReadonlySet<string>,
  day: number,
): readonly (readonly [value: string, day: number])[] | null => {
  const days = new Map(known);
  let isChanged = false;
  const last = known.length < mostNeighbours ? undefined : known.at(-1)?.[0];
  for (const value of added) {
    const before = days.get(value);
    if (before !== undefined ? before >= day : last !== undefined && value > last) continue;
    days.set(value, day);
    isChanged = true;
  }
  return isChanged ? [...days].toSorted(([a], [b]) => (a < b ? -1 : 1)).slice(0, mostNeighbours) : null;
};
