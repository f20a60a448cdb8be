import type { Backlog } from "#ingest/collector/backlog.ts";
import type { CoreTools } from "#ingest/collector/core.ts";
import type { TakeUpQuery } from "#ingest/collector/take-up.ts";
import type { EventStorage } from "#lib/storage/storage.ts";

interface ReplayOptions extends CoreTools {
  readonly storage: Pick<EventStorage, "events" | "projection">;
  readonly backlog: Backlog;
  readonly takeUp: (query: TakeUpQuery) => Promise<number>;
  readonly projectNext: () => Promise<boolean>;
  readonly retentionMs: number;
}

const eventsPerPage = 2_000;
/** Events that wait in memory at most before they are projected. */
const mostWaiting = 10_000;

/** Brings events into the journeys that were accepted and not projected when the last worker ended. */
export async function replay(options: ReplayOptions): Promise<void> {
  if (options.storage.projection.shared !== undefined) return await replayShared(options);
  const { storage, backlog, projectNext, log } = options;
  let after = await storage.projection.position();
  for (let total = 0; ;) {
    const events = await storage.events.scan(after, eventsPerPage);
    const last = events.at(-1);
    if (last !== undefined) {
      backlog.add({ events: events.map(({ event }) => event), position: last.position });
      after = last.position;
      total += events.length;
    }
    if (backlog.size >= mostWaiting || last === undefined) while (backlog.size > 0) await projectNext();
    if (last !== undefined) continue;
    if (total > 0) log("info", "took up events that were accepted before the last stop", { events: total });
    return;
  }
}

/** The same in a store that several share, which has no one position. */
async function replayShared({ backlog, takeUp, projectNext, retentionMs, now, log }: ReplayOptions): Promise<void> {
  let total = 0;
  for (let count = -1; count !== 0; total += count) {
    count = await takeUp({ since: now() - retentionMs, ofOthers: true, isPatient: false });
    while (backlog.size > 0) await projectNext();
  }
  if (total > 0) log("info", "took up events that ended workers had accepted", { events: total });
}
