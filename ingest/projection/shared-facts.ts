import type { Portion } from "#ingest/collector/backlog.ts";
import type { ProjectorOptions } from "#ingest/projection/projector.ts";
import type { UnitFactsOptions } from "#ingest/projection/unit-facts.ts";
import type { StoredEvent } from "#lib/event/hop-event.ts";
import type { Arrival, PositionedEvent } from "#lib/storage/event-log.ts";
import type { SharedProjection } from "#lib/storage/shared-projection.ts";

export interface SharedFacts extends UnitFactsOptions {
  /** Kept events, as they were read: told before they are asked of. */
  take(kept: readonly PositionedEvent[]): Promise<void>;
}

/** How facts are made where several workers project: each event with its arrival, and kept events of all workers seen. */
export function createSharedFacts(
  { storage, tools, world, isWaiting }: ProjectorOptions,
  shared: SharedProjection,
  /** What is being projected. */
  { events, arrivals = [] }: Pick<Portion, "events" | "arrivals">,
): SharedFacts {
  const arrivalOf = new Map<StoredEvent, Arrival | undefined>(events.map((event, at) => [event, arrivals[at]]));
  const own = new Set(events.map(identityOf));
  let seen: Promise<ReadonlyMap<string, number>> | null = null;
  let progress: ReadonlyMap<string, number> = new Map();
  /** How far each writer was first: what it took in up to there must be found by the reading behind it. */
  const see = async (): Promise<ReadonlyMap<string, number>> => {
    const list = await shared.listProgress();
    await shared.seeEvents();
    return new Map(list.map(({ writer, sequence }) => [writer, sequence]));
  };
  const take = async (kept: readonly PositionedEvent[]): Promise<void> => {
    progress = await (seen ??= see());
    for (const { event, arrival } of kept) arrivalOf.set(event, arrival);
  };
  return {
    tools,
    world: world(),
    take,
    async listKept(keys, limit) {
      await (seen ??= see());
      const found = await storage.events.pageByKeys(keys, null, limit);
      await take(found);
      return found.map(({ event }) => event);
    },
    isUnprojected(event) {
      const arrival = arrivalOf.get(event);
      return (
        own.has(identityOf(event)) ||
        isWaiting(event) ||
        (arrival !== undefined && arrival.sequence > (progress.get(arrival.writer) ?? 0))
      );
    },
    arrivalOf: (event) => arrivalOf.get(event),
  };
}

const identityOf = (event: StoredEvent): string => `${event.source}\u0000${event.id}`;
