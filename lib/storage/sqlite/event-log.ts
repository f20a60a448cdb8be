import type { StoredEvent } from "#lib/event/hop-event.ts";
import { keysOf } from "#lib/crosswalk/keys-of.ts";
import { type Key, toKeyId } from "#lib/key/key.ts";
import { toKeyType } from "#lib/id/id.ts";
import type {
  AcceptItem,
  AcceptResult,
  EventLog,
  EventPosition,
  FailedEvent,
  FailedEventQuery,
  ForgottenEvents,
  Forgetting,
  PositionedEvent,
} from "#lib/storage/event-log.ts";
import { AcceptBatch } from "#lib/storage/sqlite/accept-batch.ts";
import { placeOf, toPosition } from "#lib/storage/sqlite/event-place.ts";
import { IdentityGroups } from "#lib/storage/sqlite/identity-groups.ts";
import { hashIdentity, hashKey } from "#lib/storage/sqlite/key-hash.ts";
import type { SegmentRoll } from "#lib/storage/sqlite/segment-roll.ts";
import { AFTER_LAST_EVENT, type Segment } from "#lib/storage/sqlite/segment.ts";
import type { Segments } from "#lib/storage/sqlite/segments.ts";

/** Hash collisions aside, an identity has one event; keys are read in chunks of this many. */
const CHUNK = 256;

/** What was seen, in segment files; see the README beside this for the layout. */
export class SqliteEventLog implements EventLog {
  readonly #segments: Segments;
  /** null in a reader. */
  readonly #roll: SegmentRoll | null;
  /** The writer's: it asks for every event's identity, a reader hardly ever. */
  readonly #groups = new IdentityGroups();
  #followed = -1;

  constructor(segments: Segments, roll: SegmentRoll | null) {
    this.#segments = segments;
    this.#roll = roll;
  }

  async accept(items: readonly AcceptItem[]): Promise<AcceptResult> {
    if (this.#roll === null) throw new Error("A reader accepts nothing");
    const batch = new AcceptBatch((source, id, hash) => this.#find(source, id, hash));
    const outcomes = items.map((item) => batch.add(item));
    const [first] = batch.lines;
    if (first === undefined) return { outcomes, position: null };
    const writer = this.#roll.writerFor(first.arrivedAt, batch.lines.length);
    writer.append(batch.lines);
    return { outcomes, position: toPosition({ segment: writer.segment.name, event: writer.segment.count - 1 }) };
  }

  async listByKeys(keys: readonly Key[], limit: number): Promise<readonly StoredEvent[]> {
    return (await this.pageByKeys(keys, null, limit)).map(({ event }) => event);
  }

  async pageByKeys(
    keys: readonly Key[],
    before: EventPosition | null,
    limit: number,
  ): Promise<readonly PositionedEvent[]> {
    const place = before === null ? null : placeOf(before);
    const hashes = [...new Set(keys.map(hashKey))];
    const wanted = new Set<string>(keys.map(toKeyId));
    const found: PositionedEvent[] = [];
    for (const segment of this.#segments.list().toReversed()) {
      if (found.length >= limit) break;
      if (place !== null && segment.name > place.segment) continue;
      const below = segment.name === place?.segment ? place.event : AFTER_LAST_EVENT;
      collectByKeys(segment, below, hashes, wanted, limit, found);
    }
    return found;
  }

  async find(source: string, id: string): Promise<StoredEvent | null> {
    return this.#find(source, id, hashIdentity(source, id));
  }

  async scan(after: EventPosition | null, limit: number): Promise<readonly PositionedEvent[]> {
    const place = after === null ? null : placeOf(after);
    const found: PositionedEvent[] = [];
    for (const segment of this.#segments.list()) {
      if (place !== null && segment.name < place.segment) continue;
      const start = place !== null && segment.name === place.segment ? place.event + 1 : 0;
      for (let number = start; number < segment.count && found.length < limit; number += 1) {
        const event = segment.find(number);
        if (event !== null) found.push({ position: toPosition({ segment: segment.name, event: number }), event });
      }
      if (found.length >= limit) break;
    }
    return found;
  }

  async listNewest(limit: number): Promise<readonly StoredEvent[]> {
    const found: StoredEvent[] = [];
    for (const segment of this.#segments.list().toReversed()) {
      for (let number = segment.count - 1; number >= 0 && found.length < limit; number -= 1) {
        const event = segment.find(number);
        if (event !== null) found.push(event);
      }
      if (found.length >= limit) break;
    }
    return found;
  }

  async listFailed(query: FailedEventQuery, limit: number): Promise<readonly FailedEvent[]> {
    let found: FailedEvent[] = [];
    let { from } = query;
    for (const segment of this.#segments.list().toReversed()) {
      if (segment.summary.newest_event_time < from || segment.summary.oldest_event_time >= query.to) continue;
      found = [...found, ...listFailedIn(segment, { ...query, from }, limit)];
      if (found.length < limit) continue;
      found = found.toSorted((a, b) => b.eventTime - a.eventTime).slice(0, limit);
      from = Math.max(from, found.at(-1)?.eventTime ?? from);
    }
    return found.toSorted((a, b) => b.eventTime - a.eventTime);
  }

  async countAll(): Promise<number> {
    return this.#segments.list().reduce((sum, segment) => sum + segment.keptCount, 0);
  }

  async expire(before: number): Promise<number> {
    return this.#roll?.expire(before) ?? 0;
  }

  async forget({ keys, sources, flows }: Forgetting): Promise<ForgottenEvents> {
    if (this.#roll === null) throw new Error("A reader forgets nothing");
    const carried = new Map<string, Key>();
    let count = 0;
    for (const segment of this.#segments.list()) {
      const events = findByKeys(segment, keys).filter(({ event }) => sources.includes(event.source));
      if (events.length === 0) continue;
      for (const { event } of events) for (const key of keysOf(event.keys)) carried.set(toKeyId(key), key);
      this.#roll.forget(segment, new Set(events.map(({ number }) => number)), flows);
      count += events.length;
    }
    return { count, keys: [...carried.values()] };
  }

  #find(source: string, id: string, hash: number): StoredEvent | null {
    const segments = this.#segments.list();
    if (this.#roll === null) return findNewest(segments, source, id, hash);
    if (this.#followed !== this.#segments.changes) {
      this.#groups.follow(segments);
      this.#followed = this.#segments.changes;
    }
    return findNewest(this.#groups.outside, source, id, hash) ?? findLikely(this.#groups.list(hash), source, id, hash);
  }
}

const findNewest = (segments: readonly Segment[], source: string, id: string, hash: number): StoredEvent | null => {
  for (let at = segments.length - 1; at >= 0; at -= 1) {
    const segment = segments[at];
    if (segment === undefined) continue;
    const event = findAmong(segment, segment.identities.list(hash, AFTER_LAST_EVENT, CHUNK), source, id);
    if (event !== null) return event;
  }
  return null;
};

/** In segments whose filter has been asked. */
const findLikely = (segments: readonly Segment[], source: string, id: string, hash: number): StoredEvent | null => {
  for (const segment of segments) {
    const event = findAmong(segment, segment.identities.read(hash, AFTER_LAST_EVENT, CHUNK), source, id);
    if (event !== null) return event;
  }
  return null;
};

const findAmong = (segment: Segment, places: readonly number[], source: string, id: string): StoredEvent | null => {
  for (const place of places) {
    const event = segment.find(place);
    if (event?.source === source && event.id === id) return event;
  }
  return null;
};

/** Newest first within the segment; chunk by chunk, since a key may have many more events than are wanted. */
const collectByKeys = (
  segment: Segment,
  from: number,
  hashes: readonly number[],
  wanted: ReadonlySet<string>,
  limit: number,
  found: PositionedEvent[],
): void => {
  let below = from;
  while (found.length < limit) {
    const chunks = hashes.map((hash) => segment.keys.list(hash, below, CHUNK));
    /** Below this, a key whose chunk was full may have events that are not read yet. */
    const complete = Math.max(0, ...chunks.map((chunk) => (chunk.length < CHUNK ? 0 : (chunk.at(-1) ?? 0))));
    const places = [...new Set(chunks.flat())].filter((place) => place >= complete).toSorted((a, b) => b - a);
    for (const place of places) {
      const event = segment.find(place);
      if (event !== null && hasAny(event, wanted))
        found.push({ position: toPosition({ segment: segment.name, event: place }), event });
      if (found.length >= limit) return;
    }
    if (complete === 0) return;
    below = complete;
  }
};

/** Every event of a segment that carries any of the keys, with its number. */
const findByKeys = (
  segment: Segment,
  keys: readonly Key[],
): readonly { readonly number: number; readonly event: StoredEvent }[] => {
  const wanted = new Set<string>(keys.map(toKeyId));
  const numbers = new Set(keys.flatMap((key) => segment.keys.list(hashKey(key), AFTER_LAST_EVENT, AFTER_LAST_EVENT)));
  return [...numbers].flatMap((number) => {
    const event = segment.find(number);
    return event !== null && hasAny(event, wanted) ? [{ number, event }] : [];
  });
};

const hasAny = (event: StoredEvent, wanted: ReadonlySet<string>): boolean => {
  for (const [type, values] of Object.entries(event.keys)) {
    for (const value of values) if (wanted.has(toKeyId({ type: toKeyType(type), value }))) return true;
  }
  for (const [type, values] of Object.entries(event.searchable ?? {})) {
    for (const { token } of values) if (wanted.has(toKeyId({ type: toKeyType(type), value: token }))) return true;
  }
  return false;
};

/** Bodies were written from a FailedEvent, by us. */
const failedFrom = (body: string): FailedEvent => JSON.parse(body) as FailedEvent;

const listFailedIn = (segment: Segment, query: FailedEventQuery, limit: number): readonly FailedEvent[] =>
  segment.file
    .all<{ body: string }>(
      {
        sql: `SELECT body FROM failed WHERE event_time >= ? AND event_time < ? AND flow IN (SELECT value FROM json_each(?))
       ORDER BY event_time DESC LIMIT ?`,
      },
      query.from,
      query.to,
      JSON.stringify(query.flows),
      limit,
    )
    .map((row) => failedFrom(row.body));
