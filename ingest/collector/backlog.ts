import type { StoredEvent } from "#lib/event/hop-event.ts";
import type { EventPosition } from "#lib/storage/event-log.ts";

export interface Portion {
  readonly events: readonly StoredEvent[];
  /** Everything up to here is in it or was in one before. */
  readonly position: EventPosition;
}

/** Accepted events that are not in the journeys yet, in order of arrival. */
export interface Backlog {
  readonly size: number;
  /** When the oldest of them was added, by `performance.now`; Infinity where there is none. */
  readonly since: number;
  add(events: readonly StoredEvent[], position: EventPosition): void;
  /** The oldest of them; again the same until `done`. Null where nothing waits. */
  take(): Portion | null;
  done(): void;
  has(event: StoredEvent): boolean;
}

/** Enough that a journey's events which arrive together are judged once; few enough that nothing waits long behind them. */
const eventsPerPortion = 10_000;

interface Chunk extends Portion {
  readonly addedAt: number;
}

export function createBacklog(): Backlog {
  const chunks: Chunk[] = [];
  /** Made when asked for: that is only while kept events are matched again. */
  let identities: ReadonlySet<string> | null = null;
  let taken: Portion | null = null;
  let size = 0;
  return {
    get size() {
      return size;
    },
    get since() {
      return taken === null ? (chunks[0]?.addedAt ?? Infinity) : 0;
    },
    add(events, position) {
      chunks.push({ events, position, addedAt: performance.now() });
      identities = null;
      size += events.length;
    },
    take() {
      const first = taken === null ? chunks.shift() : undefined;
      if (first === undefined) return taken;
      const events = [...first.events];
      let { position } = first;
      for (
        let next = chunks[0];
        next !== undefined && events.length + next.events.length <= eventsPerPortion;
        next = chunks[0]
      ) {
        chunks.shift();
        for (const event of next.events) events.push(event);
        position = next.position;
      }
      taken = { events, position };
      return taken;
    },
    done() {
      identities = null;
      size -= taken?.events.length ?? 0;
      taken = null;
    },
    has(event) {
      identities ??= new Set([...(taken?.events ?? []), ...chunks.flatMap((chunk) => chunk.events)].map(identityOf));
      return identities.has(identityOf(event));
    },
  };
}

const identityOf = (event: StoredEvent): string => `${event.source}\u0000${event.id}`;
