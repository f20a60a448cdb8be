import type { Logger } from "pino";
import type { Collector } from "#ingest/collector/collector.ts";
import { pause } from "#ingest/pause.ts";
import type { Turn } from "#ingest/watch/turn.ts";
import { forgetCasework } from "#ingest/watch/forget-casework.ts";
import type { Swept } from "#ingest/projection/sweep.ts";
import type { ControlStorage } from "#lib/storage/storage.ts";

/** Deadlines are to be noticed within 2 s of passing; a look costs next to nothing where nothing is due. */
const lookEveryMs = 500;
/** Within the 5 s that a cluster's answers may lag. */
const settleEveryMs = 2_000;
/** With a writer's silence before it, within 10 s of its end. */
const takeUpEveryMs = 2_000;
/** What a worker drained of its spool came in earlier than that it was stored. Older ones are looked for at each start. */
const lookBackMs = 3_600_000;
/** Between two looks of the sweep, and how much longer than it took it rests. */
const sweepEveryMs = 1_000;
const restTimes = 19;
const longestRestMs = 30_000;
const expireEveryMs = 3_600_000;

export interface Watch {
  /** Resolves when nothing of it is under way any more. */
  stop(): Promise<void>;
}

interface WatchOptions {
  readonly collector: Pick<Collector, "call">;
  /** One worker watches for all of them. */
  readonly turn: Pick<Turn, "isMine">;
  readonly control: Pick<ControlStorage, "closings" | "notes">;
  /** Told what each pass of the sweep found. */
  readonly noteSwept: (swept: Swept) => void;
  readonly log: Logger;
  readonly now: () => number;
}

/** The clock's part of the worker: asks the collector to judge again what time or a watermark has made due, and to let old events go. */
export function startWatch({ collector, control, turn, noteSwept, log, now }: WatchOptions): Watch {
  const stopping = new AbortController();
  const loops = [
    repeat(lookEveryMs, stopping.signal, log, async () => {
      // Slice by slice: requests at the door go first between two of them.
      while (!stopping.signal.aborted && turn.isMine() && (await collector.call("judgeDue", null)).more);
    }),
    repeat(settleEveryMs, stopping.signal, log, async () => {
      while (!stopping.signal.aborted && turn.isMine() && (await collector.call("settleMeasures", null)).more);
    }),
    repeat(takeUpEveryMs, stopping.signal, log, async () => {
      const since = now() - lookBackMs;
      let events = 0;
      for (;;) {
        if (stopping.signal.aborted) break;
        const page = await collector.call("takeUp", { since, ofOthers: turn.isMine() });
        if (page.events === 0) break;
        events += page.events;
      }
      if (events > 0) log.info({ events }, "took up events that an ended worker had accepted");
    }),
    repeat(sweepEveryMs, stopping.signal, log, async () => {
      if (!turn.isMine()) return;
      const begunAt = performance.now();
      const swept = await collector.call("sweep", null);
      noteSwept(swept);
      if (swept.mended > 0) log.warn({ ...swept }, "events were not in everything that is made from them; mended");
      await pause(Math.min(restTimes * (performance.now() - begunAt), longestRestMs), stopping.signal);
    }),
    repeat(expireEveryMs, stopping.signal, log, async () => {
      let events = 0;
      while (turn.isMine()) {
        const slice = await collector.call("expire", null);
        events += slice.events;
        if (stopping.signal.aborted) break;
        if (slice.more) continue;
        const casework = await forgetCasework({ collector, control }, slice.before);
        if (casework > 0) log.info({ casework }, "let closings and notes of records go that are kept no longer");
        break;
      }
      if (events > 0) log.info({ events }, "let old events go");
    }),
  ];
  return {
    async stop() {
      stopping.abort();
      await Promise.all(loops);
    },
  };
}

/** Runs `work` at once and then `everyMs` after each end, until stopped. A failure is told and tried again the next time. */
async function repeat(everyMs: number, signal: AbortSignal, log: Logger, work: () => Promise<void>): Promise<void> {
  while (!signal.aborted) {
    try {
      await work();
    } catch (error) {
      if (!signal.aborted) log.warn({ err: error }, "the watch could not do its work; it tries again");
    }
    await pause(everyMs, signal);
  }
}
