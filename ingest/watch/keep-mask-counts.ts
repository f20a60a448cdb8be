import type { Logger } from "pino";
import type { Collector } from "#ingest/collector/collector.ts";
import { pause } from "#ingest/pause.ts";
import { maskCountsSetting } from "#lib/privacy/mask-count.ts";
import type { Definitions } from "#lib/storage/definitions.ts";

const everyMs = 5_000;

/** Keeps what was masked by which rule where the console reads it, every few seconds and only where it has grown. */
export function keepMaskCounts({
  collector,
  definitions,
  log,
}: {
  readonly collector: Pick<Collector, "call">;
  readonly definitions: Pick<Definitions, "saveFigures">;
  readonly log: Logger;
}): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const loop = (async () => {
    while (!stopping.signal.aborted) {
      try {
        await definitions.saveFigures(maskCountsSetting, await collector.call("countMasks", null));
      } catch (error) {
        if (!stopping.signal.aborted)
          log.warn({ err: error }, "what was masked could not be counted; it is tried again");
      }
      await pause(everyMs, stopping.signal);
    }
  })();
  return {
    async stop() {
      stopping.abort();
      await loop;
    },
  };
}
