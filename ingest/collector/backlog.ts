import type { StoredEvent } from "#lib/event/hop-event.ts";
import type { Arrival, EventPosition } from "#lib/storage/event-log.ts";

export interface Portion {
  readonly events: readonly StoredEvent[];
  /** Everything up to here is in it or was in one before. */
  readonly position: EventPosition;
  /** One an event; where several workers project. */
  readonly arrivals?: readonly Arrival[];
  /** A part of it may be in the journeys already: left by a worker that died. */
  readonly again?: true;
  /** The sources' own counts have them already. */
  readonly isNoted?: true;
}

/** Accepted events that are not in the journeys yet, in order of arrival. */
export interface Backlog {
  readonly size: number;
  /** When the oldest of them was added, by `performance.now`; Infinity where there is none. */
  readonly since: number;
  add(portion: Portion): void;
  /** The oldest of them; again the same until `done`. Null where nothing waits. */
  take(): Portion | null;
  done(): void;
  has(event: StoredEvent): boolean;
}

/** Enough that a journey's events which arrive together are judged once; few enough that nothing waits long behind them. */
const eventsPerPortion = 10_000;

interface Chunk {
  readonly portion: Portion;
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
    add(portion) {
      chunks.push({ portion, addedAt: performance.now() });
      identities = null;
      size += portion.events.length;
    },
    take() {
      const first = taken === null ? chunks.shift() : undefined;
      if (first === undefined) return taken;
      const events = [...first.portion.events];
      const arrivals = [...(first.portion.arrivals ?? [])];
      let { position } = first.portion;
      for (
        let next = chunks[0]?.portion;
        next !== undefined && events.length + next.events.length <= eventsPerPortion && isOfOne(next, first.portion);
        next = chunks[0]?.portion
      ) {
        chunks.shift();
        for (const event of next.events) events.push(event);
        for (const arrival of next.arrivals ?? []) arrivals.push(arrival);
        position = next.position;
      }
      const isMarked = arrivals.length === events.length;
      taken = { ...first.portion, events, position, ...(isMarked ? { arrivals } : {}) };
      return taken;
    },
    done() {
      identities = null;
      size -= taken?.events.length ?? 0;
      taken = null;
    },
    has(event) {
      identities ??= new Set(
        [...(taken?.events ?? []), ...chunks.flatMap(({ portion }) => portion.events)].map(identityOf),
      );
      return identities.has(identityOf(event));
    },
  };
}

/** A position says how far one writer's events came. */
const isOfOne = (a: Portion, b: Portion): boolean =>
  a.again === b.again && a.arrivals?.[0]?.writer === b.arrivals?.[0]?.writer;

const identityOf = (event: StoredEvent): string => `${event.source}\u0000${event.id}`;
