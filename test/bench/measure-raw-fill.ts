import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { batchSize } from "#test/bench/measure-ingest.ts";
import { rawFill } from "#test/bench/raw-fill.ts";

/** Events per second of filling the store's own tables and blocks with nothing around, in a directory of its own. */
export const measureRawFill = async (count: number, startedAt: number): Promise<number> => {
  const directory = mkdtempSync(join(tmpdir(), "hopline-raw-"));
  try {
    return rawFill({ directory, events: count, batch: batchSize, startedAt }).eventsPerSecond;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
};
