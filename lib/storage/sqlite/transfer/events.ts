import type { AcceptItem, EventLog } from "#lib/storage/event-log.ts";
import type { Transferred, TransferItems, TransferPage } from "#lib/storage/transfer.ts";
import { StorageError } from "#lib/storage/storage-error.ts";
import { placeOf, toPosition } from "#lib/storage/sqlite/event-place.ts";
import { dayOf } from "#lib/storage/sqlite/segment-name.ts";
import type { Segments } from "#lib/storage/sqlite/segments.ts";
import { FailedMatches } from "#lib/storage/sqlite/transfer/failed-matches.ts";

type Item = TransferItems["event"];

/** Events in order of arrival; written as the worker writes them. */
export class SqliteEventTransfer implements Transferred<Item> {
  readonly #segments: Segments;
  readonly #log: EventLog;
  readonly #matches = new FailedMatches();

  constructor(segments: Segments, log: EventLog) {
    this.#segments = segments;
    this.#log = log;
  }

  async count(): Promise<number> {
    return await this.#log.countAll();
  }

  async read(after: string | null, limit: number): Promise<TransferPage<Item>> {
    const place = after === null ? null : placeOf(after);
    const items: Item[] = [];
    for (const segment of this.#segments.list()) {
      if (place !== null && segment.name < place.segment) continue;
      const start = place !== null && segment.name === place.segment ? place.event + 1 : 0;
      for (let number = start; number < segment.count; number += 1) {
        const event = segment.find(number);
        if (event === null) continue;
        const matches = event.outcome === "failed" ? this.#matches.take(segment, number, event) : [];
        items.push({ event, matches });
        if (items.length === limit) return { items, next: toPosition({ segment: segment.name, event: number }) };
      }
    }
    return { items, next: null };
  }

  async write(items: readonly Item[]): Promise<void> {
    for (const day of byDay(items)) {
      const { outcomes } = await this.#log.accept(day);
      const place = outcomes.findIndex((outcome) => outcome !== "accepted" && outcome !== "duplicate");
      const event = day[place]?.event;
      if (event === undefined) continue;
      throw new StorageError(
        "conflict",
        `Event ${event.id} of ${event.source} can't be taken over: ${outcomes[place] ?? "refused"}.`,
      );
    }
  }
}

/** A segment is let go by its newest event: it takes those of one day. */
function* byDay(items: readonly Item[]): Iterable<readonly AcceptItem[]> {
  let day: AcceptItem[] = [];
  for (const item of items) {
    const [first] = day;
    if (first !== undefined && dayOf(first.event.ingestedAt) !== dayOf(item.event.ingestedAt)) {
      yield day;
      day = [];
    }
    day.push(item);
  }
  if (day.length > 0) yield day;
}
