import type { Calls } from "#ingest/collector/call.ts";
import type { EventStorage } from "#lib/storage/storage.ts";

interface ExpireOptions {
  readonly storage: Pick<EventStorage, "events" | "projection" | "deadLetters" | "sizeBytes">;
  /** Epoch ms. */
  readonly now: number;
  readonly retentionMs: number;
  readonly diskLimitBytes: number | null;
}

const dayMs = 86_400_000;

/** Lets go of what is older than retention allows; above the disk limit of the oldest day as well, though never of today. */
export async function expireSlice(options: ExpireOptions): Promise<Calls["expire"]["output"]> {
  const { storage, now, retentionMs } = options;
  const byTime = now - retentionMs;
  const bySize = await oldestDayToGo(options);
  const before = Math.max(byTime, bySize ?? -Infinity);
  const events = await storage.events.expire(before);
  const letters = await storage.deadLetters.expire(before);
  const isDone = await storage.projection.expire(before);
  const wentOn = events + letters > 0;
  return { events, more: !isDone || (bySize !== null && wentOn), before };
}

/** End of the oldest kept day, where the store is larger than it may be; null where it is not, or where only today is left. */
async function oldestDayToGo({ storage, now, diskLimitBytes }: ExpireOptions): Promise<number | null> {
  if (diskLimitBytes === null || (await storage.sizeBytes()) <= diskLimitBytes) return null;
  const [oldest] = await storage.events.scan(null, 1);
  if (oldest === undefined) return null;
  const end = (Math.floor(oldest.event.ingestedAt / dayMs) + 1) * dayMs;
  return end > now ? null : end;
}
