import type { Cluster } from "#lib/storage/elasticsearch/cluster.ts";
import { readBareRecord } from "#test/bench/bare-record.ts";
import { orderNumber } from "#test/bench/order-events.ts";
import { percentileOf } from "#test/bench/percentile-of.ts";
import { postOrders } from "#test/bench/post-orders.ts";
import type { Figure } from "#test/bench/report.ts";
import type { RunningConsole } from "#test/bench/running-console.ts";
import { timeInTurns } from "#test/bench/time-in-turns.ts";
import type { TestWorker } from "#test/support/worker.ts";

interface RecordOptions {
  readonly worker: TestWorker;
  readonly console: RunningConsole;
  readonly cluster: Cluster;
  /** Events already there. */
  readonly count: number;
  /** The first event that arrives meanwhile. */
  readonly first: number;
  readonly startedAt: number;
  readonly lookups: number;
}

export interface RecordMeasured {
  readonly p99Ms: number;
  readonly figures: readonly Figure[];
  /** Events that arrived meanwhile. */
  readonly arrived: number;
}

const arriving = 500;
export const wantedTimes = 1.5;

/** A record by its order number through the API and the bare query for the same order, in turns, anywhere in what is kept, while events arrive. */
export const measureRecord = async (options: RecordOptions): Promise<RecordMeasured> => {
  const { worker, console, cluster, count, first, startedAt, lookups } = options;
  const stop = new AbortController();
  const arrivals = postOrders({
    url: worker.url,
    first,
    count: arriving * 3_600,
    startedAt,
    batchSize: arriving / 10,
    connections: 2,
    eventsPerSecond: arriving,
    retry: true,
    stop: stop.signal,
  });
  const orders = Math.floor(count / 5);
  const { first: ours, second: bare } = await timeInTurns(
    lookups,
    (index) => console.ask(`/api/v1/records/order_no/${orderNumber(pick(index, orders))}`),
    (index) => readBareRecord(cluster, pick(index, orders)),
  ).finally(() => stop.abort());
  const { accepted } = await arrivals;
  const p99Ms = percentileOf(ours, 0.99);
  const ratio = p99Ms / percentileOf(bare, 0.99);
  const what = `${count} events, ${arriving}/s arriving`;
  const figure = (name: string, times: readonly number[]): Figure => ({
    what: `${name}, ${what}`,
    value: `p50 ${percentileOf(times, 0.5).toFixed(1)} ms, p99 ${percentileOf(times, 0.99).toFixed(1)} ms`,
    wanted: "",
    samples: times.length,
    isMet: null,
  });
  return {
    p99Ms,
    arrived: accepted,
    figures: [
      figure("record by key from Elasticsearch", ours),
      figure("its documents by the bare client", bare),
      {
        what: `p99 of the record against the bare query, ${count} events`,
        value: `${ratio.toFixed(2)} (p50 ${(percentileOf(ours, 0.5) / percentileOf(bare, 0.5)).toFixed(2)})`,
        wanted: `≤ ${wantedTimes}`,
        samples: ours.length,
        isMet: ratio <= wantedTimes,
      },
    ],
  };
};

/** Spread over all there is, the same in each run. */
const pick = (index: number, orders: number): number => (index * 7_368_787) % orders;
