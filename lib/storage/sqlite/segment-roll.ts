import { forgetEvents } from "#lib/storage/sqlite/forget-events.ts";
import { EVENTS_PER_SEGMENT_LIMIT } from "#lib/storage/sqlite/index-entry.ts";
import { dayOf, nextSegmentName } from "#lib/storage/sqlite/segment-name.ts";
import { SegmentWriter } from "#lib/storage/sqlite/segment-writer.ts";
import type { Segment } from "#lib/storage/sqlite/segment.ts";
import type { SqliteFile } from "#lib/storage/sqlite/sqlite-file.ts";
import type { Segments } from "#lib/storage/sqlite/segments.ts";

/** Begins a new segment for a new day or when the open one is full, and retires old ones. The writer's alone. */
export class SegmentRoll {
  readonly #segments: Segments;
  readonly #intake: SqliteFile;
  readonly #eventsPerSegment: number;
  /** Newest name ever given, also of segments that are gone: names are never given twice. */
  #lastName: string | null;
  #writer: SegmentWriter | null = null;

  constructor(segments: Segments, intake: SqliteFile, eventsPerSegment: number) {
    this.#segments = segments;
    this.#intake = intake;
    // A worker that died between taking events out and saying so left readers with what they had.
    this.#tellReaders();
    this.#eventsPerSegment = Math.min(eventsPerSegment, EVENTS_PER_SEGMENT_LIMIT);
    const open = segments.list().filter((segment) => !segment.isSealed);
    for (const stale of open.slice(0, -1)) new SegmentWriter(stale).seal();
    const newest = segments.list().at(-1);
    const lastName = intake.get<{ newest: string }>({ sql: "SELECT newest FROM segment_name" })?.newest ?? null;
    this.#lastName = newest !== undefined && newest.name > (lastName ?? "") ? newest.name : lastName;
    if (newest !== undefined && !newest.isSealed) this.#writer = new SegmentWriter(newest);
  }

  /** The writer of the segment that takes `count` events which arrived at `arrivedAt`. */
  writerFor(arrivedAt: number, count: number): SegmentWriter {
    if (count > EVENTS_PER_SEGMENT_LIMIT) throw new RangeError(`${count} events are too many for one batch`);
    const day = dayOf(arrivedAt);
    if (this.#writer !== null && !this.#hasRoom(this.#writer, day, count)) {
      this.#writer.seal();
      this.#writer = null;
    }
    if (this.#writer === null) {
      const name = nextSegmentName(day, this.#lastName);
      this.#intake.run("INSERT OR REPLACE INTO segment_name VALUES (1, ?)", name);
      this.#lastName = name;
      this.#writer = new SegmentWriter(this.#segments.create(name));
    }
    return this.#writer;
  }

  /** Unlinks segments whose newest event arrived before `before`; resolves to the number of events that were in them. */
  expire(before: number): number {
    let events = 0;
    for (const segment of this.#segments.list()) {
      if (segment.count === 0 || segment.summary.newest_arrival >= before) continue;
      events += segment.keptCount;
      if (this.#writer?.segment === segment) this.#writer = null;
      this.#segments.remove(segment);
    }
    return events;
  }

  /** Takes events out of a segment and lets readers know. */
  forget(segment: Segment, events: ReadonlySet<number>, flows: readonly string[]): void {
    forgetEvents(segment, events, flows);
    if (this.#writer?.segment === segment) this.#writer = new SegmentWriter(segment);
    this.#tellReaders();
  }

  #tellReaders(): void {
    this.#intake.run("UPDATE forgetting SET revision = revision + 1");
  }

  #hasRoom(writer: SegmentWriter, day: string, count: number): boolean {
    const { segment } = writer;
    if (segment.count === 0) return true;
    const sameDay = day <= segment.name.slice(0, day.length);
    return sameDay && segment.count + count <= this.#eventsPerSegment;
  }
}
