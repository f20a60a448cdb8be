import type { CommandContext } from "#ingest/command/command.ts";
import { openEvents } from "#lib/storage/open.ts";
import type { EventStorage } from "#lib/storage/storage.ts";

/** Reads the event store beside a running worker, or without one; null where nothing has been kept yet. */
export const withEvents = async <Result>(
  context: CommandContext,
  work: (events: EventStorage) => Promise<Result>,
): Promise<Result | null> => {
  const events = await openEvents(context.settings, { mode: "reader", now: () => context.now() });
  if (events === null) return null;
  try {
    return await work(events);
  } finally {
    await events.close();
  }
};
