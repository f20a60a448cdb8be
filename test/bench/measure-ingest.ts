import { join } from "node:path";
import { folderSizeBytes } from "#test/bench/folder-size.ts";
import { orderFlow } from "#test/bench/order-events.ts";
import { postOrders } from "#test/bench/post-orders.ts";
import { watchMemory } from "#test/bench/process-memory.ts";
import type { Figure } from "#test/bench/report.ts";
import type { TestWorker } from "#test/support/worker.ts";

export const flows = { "order-to-cash.yaml": orderFlow };
export const batchSize = 500;

const mebibyte = 1_024 * 1_024;

export interface IngestMeasured {
  readonly eventsPerSecond: number;
  readonly figures: readonly Figure[];
}

/**
 * Events of 1 KB over HTTP into one worker, each 202 durable. `rawPerSecond`: the same tables and blocks filled on one thread
 * with nothing around, measured in the same run.
 */
export const measureIngest = async (
  worker: TestWorker,
  count: number,
  startedAt: number,
  rawPerSecond: number,
): Promise<IngestMeasured> => {
  const memory = watchMemory(worker.pid);
  const posted = await postOrders({
    url: worker.url,
    first: 0,
    count,
    startedAt,
    batchSize,
    connections: 4,
    retry: true,
  });
  const residentBytes = memory.stop();
  const eventsPerSecond = posted.accepted / (posted.durationMs / 1_000);
  const ratio = eventsPerSecond / rawPerSecond;
  const steadiness = lastAgainstFirst(posted.tenthsMs);
  const bytesPerEvent = folderSizeBytes(join(worker.home, "events")) / posted.accepted;
  const samples = posted.accepted;
  return {
    eventsPerSecond,
    figures: [
      {
        what: "ingest over HTTP, durable",
        value: `${Math.round(eventsPerSecond)}/s`,
        wanted: "≥ 12,000/s on a quiet box",
        samples,
        isMet: null,
      },
      {
        what: "the same tables filled with nothing around",
        value: `${Math.round(rawPerSecond)}/s`,
        wanted: "",
        samples,
        isMet: null,
      },
      { what: "ingest against bare tables", value: ratio.toFixed(2), wanted: "≥ 0.25", samples, isMet: ratio >= 0.25 },
      {
        what: "last fifth against first fifth",
        value: steadiness.toFixed(2),
        wanted: "≥ 0.9",
        samples,
        isMet: steadiness >= 0.9,
      },
      { what: "bytes on disk an event", value: String(Math.round(bytesPerEvent)), wanted: "", samples, isMet: null },
      {
        what: "worker's memory while filling",
        value: `${Math.round(residentBytes / mebibyte)} MiB`,
        wanted: "< 512 MiB",
        samples,
        isMet: residentBytes < 512 * mebibyte,
      },
    ],
  };
};

/** Speed over the last two tenths of the events divided by that over the first two; the first tenth warms up and counts all the same. */
const lastAgainstFirst = (tenthsMs: readonly number[]): number => {
  const [, second, , , , , , eighth, , tenth] = tenthsMs;
  return second === undefined || eighth === undefined || tenth === undefined ? Number.NaN : second / (tenth - eighth);
};

/** Ten times what it can take, dropped where refused: it must say "later" and stay small. */
export const measureOverload = async (
  worker: TestWorker,
  first: number,
  startedAt: number,
  eventsPerSecond: number,
  seconds: number,
): Promise<readonly Figure[]> => {
  const memory = watchMemory(worker.pid);
  const stop = AbortSignal.timeout(seconds * 1_000);
  const posted = await postOrders({
    url: worker.url,
    first,
    count: Math.ceil(eventsPerSecond * 10 * seconds),
    startedAt,
    batchSize: 2_000,
    connections: 128,
    eventsPerSecond: eventsPerSecond * 10,
    retry: false,
    stop,
  });
  const residentBytes = memory.stop();
  return [
    {
      what: "worker's memory under 10× overload",
      value: `${Math.round(residentBytes / mebibyte)} MiB (${posted.refused} batches told "later")`,
      wanted: "< 512 MiB",
      samples: posted.accepted,
      isMet: residentBytes < 512 * mebibyte,
    },
  ];
};
