import type { Backlog, Portion } from "#ingest/collector/backlog.ts";
import type { Projector } from "#ingest/projection/projector.ts";
import type { Arrival, Arrivals, PositionedEvent } from "#lib/storage/event-log.ts";
import { StorageError } from "#lib/storage/storage-error.ts";
import type { EventStorage } from "#lib/storage/storage.ts";

interface PortionOptions {
  readonly backlog: Pick<Backlog, "take" | "done">;
  readonly projector: Pick<Projector, "project">;
  readonly storage: Pick<EventStorage, "events" | "projection">;
  /** Told of an event that is left out of the journeys, or (null) of a portion whose events are tried one by one. */
  readonly onError: (event: { readonly source: string; readonly id: string } | null, error: unknown) => void;
}

/**
 * Projects the next portion, whole; false where none waits. Rejects with StorageError where it can't be written: then what was not
 * written of it waits on.
 */
export function createPortions({ backlog, projector, storage, onError }: PortionOptions): () => Promise<boolean> {
  /** Its events are projected one by one; those up to the position in the store are done. */
  let apart: Portion | null = null;

  /**
   * A mistake of ours over one event must not keep all others out of the journeys: each alone, and those it happens to left out. Each
   * with its own position, so that whatever ends this half-way counts none of them twice.
   */
  const projectApart = async (portion: Portion): Promise<void> => {
    for await (const next of eachOf(portion)) {
      const { event, position, arrival } = next;
      const one = { position, ...(arrival === undefined ? {} : { arrivals: [arrival], again: true as const }) };
      try {
        await projector.project({ ...one, events: [event] }, portion.events);
      } catch (error) {
        if (error instanceof StorageError) throw error;
        onError(event, error);
        await projector.project({ ...one, events: [] }, portion.events);
      }
    }
  };

  /** Those that are not done yet, each with its own position. */
  async function* eachOf({ position, arrivals }: Portion): AsyncGenerator<PositionedEvent> {
    const last = arrivals?.at(-1);
    const { arrivals: log } = storage.events;
    for (;;) {
      const next = log === undefined || last === undefined ? await findNext() : await findNextOf(log, last);
      if (next === undefined) return;
      yield next;
      if (next.position === position || (last !== undefined && (next.arrival?.sequence ?? 0) >= last.sequence)) return;
    }
  }

  const findNext = async (): Promise<PositionedEvent | undefined> =>
    (await storage.events.scan(await storage.projection.position(), 1))[0];

  const findNextOf = async (log: Arrivals, { writer }: Arrival): Promise<PositionedEvent | undefined> => {
    const progress = await storage.projection.shared?.listProgress();
    const done = progress?.find((each) => each.writer === writer)?.sequence ?? 0;
    return (await log.scanAfter({ writer, sequence: done }, 1))[0];
  };

  return async () => {
    const portion = backlog.take();
    if (portion === null) return false;
    if (apart !== portion) {
      try {
        await projector.project(portion);
      } catch (error) {
        if (error instanceof StorageError) throw error;
        onError(null, error);
        apart = portion;
      }
    }
    if (apart === portion) await projectApart(portion);
    apart = null;
    backlog.done();
    return true;
  };
}
