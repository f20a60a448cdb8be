import type { StoredEvent } from "#lib/event/hop-event.ts";
import { compareTexts } from "#lib/journey/compare-texts.ts";

interface HasEvent {
  readonly event: StoredEvent;
}

/** Keeps the newest by event time of what it is given, whatever the order; never much more than so many. */
export interface NewestEvents<Item extends HasEvent> {
  add(item: Item): void;
  /** Newest first. */
  list(): readonly Item[];
}

export function createNewestEvents<Item extends HasEvent>(limit: number): NewestEvents<Item> {
  let kept: Item[] = [];
  const cut = (): void => {
    kept = kept.toSorted((a, b) => newestFirst(a.event, b.event)).slice(0, limit);
  };
  return {
    add(item) {
      kept.push(item);
      if (kept.length >= limit * 2 + 16) cut();
    },
    list() {
      cut();
      return kept;
    },
  };
}

/** Ties go by source and id, never by arrival: any order of arrival shows the same list. */
const newestFirst = (a: StoredEvent, b: StoredEvent): number =>
  b.eventTime - a.eventTime || compareTexts(b.source, a.source) || compareTexts(b.id, a.id);
