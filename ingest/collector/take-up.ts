import type { Backlog } from "#ingest/collector/backlog.ts";
import type { PositionedEvent } from "#lib/storage/event-log.ts";
import type { EventStorage } from "#lib/storage/storage.ts";

interface TakeUpOptions {
  readonly storage: Pick<EventStorage, "events" | "projection">;
  readonly backlog: Pick<Backlog, "add">;
  /** What a failed call may have left in the store waits in the spool, too, and counts when it comes from there. */
  readonly isSpooling: () => boolean;
  /** A clock that never goes back, ms. */
  readonly elapsed: () => number;
}

export interface TakeUpQuery {
  /** Of writers that took anything in since then, epoch ms. */
  readonly since: number;
  /** False: only what this process itself left. */
  readonly ofOthers: boolean;
  /** Leaves out writers that may be alive and just busy. At the start nobody waits: what is projected twice counts once. */
  readonly isPatient: boolean;
}

const eventsPerPage = 2_000;
/** A writer that is behind and has not moved for so long has ended, or is as good as ended. */
const quietMs = 5_000;

interface Sight {
  readonly sequence: number;
  readonly done: number;
  readonly at: number;
}

/**
 * Where several workers share a store: puts a page of accepted events into the backlog that nobody else will project, because their writer
 * has ended, or because a failed call of this process left them in the store. Resolves to how many, once they can be projected; not before
 * they are is it to be asked again.
 */
export function createTakeUp({
  storage,
  backlog,
  isSpooling,
  elapsed,
}: TakeUpOptions): (query: TakeUpQuery) => Promise<number> {
  const sights = new Map<string, Sight>();
  const { arrivals: log } = storage.events;
  const { shared } = storage.projection;

  const add = (found: readonly PositionedEvent[], again: boolean): number => {
    const last = found.at(-1);
    if (last === undefined) return 0;
    backlog.add({
      events: found.map(({ event }) => event),
      position: last.position,
      arrivals: found.flatMap(({ arrival }) => arrival ?? []),
      ...(again && { again }),
    });
    return found.length;
  };
  const isQuiet = (writer: string, sequence: number, done: number): boolean => {
    const known = sights.get(writer);
    if (known?.sequence === sequence && known.done === done) return elapsed() - known.at >= quietMs;
    sights.set(writer, { sequence, done, at: elapsed() });
    return false;
  };

  return async ({ since, ofOthers, isPatient }) => {
    if (log === undefined || shared === undefined) return 0;
    const own = isSpooling() ? 0 : add(await log.takeUp(), false);
    if (own > 0 || !ofOthers) return own;
    // How far each came is read first: one that goes on meanwhile is seen as behind, and then as moving.
    const progress = new Map((await shared.listProgress()).map(({ writer, sequence }) => [writer, sequence]));
    for (const { writer, sequence } of await log.listWriters(since)) {
      const done = progress.get(writer) ?? 0;
      if (writer === log.writer || sequence <= done) {
        sights.delete(writer);
        continue;
      }
      if (isPatient && !isQuiet(writer, sequence, done)) continue;
      const added = add(await log.scanAfter({ writer, sequence: done }, eventsPerPage), true);
      if (added > 0) return added;
    }
    return 0;
  };
}
