import type { Backlog, Portion } from "#ingest/collector/backlog.ts";
import type { Projector } from "#ingest/projection/projector.ts";
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
  const projectApart = async ({ events, position }: Portion): Promise<void> => {
    for (;;) {
      const [next] = await storage.events.scan(await storage.projection.position(), 1);
      if (next === undefined) return;
      try {
        await projector.project([next.event], next.position, events);
      } catch (error) {
        if (error instanceof StorageError) throw error;
        onError(next.event, error);
        await projector.project([], next.position, events);
      }
      if (next.position === position) return;
    }
  };

  return async () => {
    const portion = backlog.take();
    if (portion === null) return false;
    if (apart !== portion) {
      try {
        await projector.project(portion.events, portion.position);
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
