import { orderNumber } from "#test/bench/order-events.ts";
import { percentileOf } from "#test/bench/percentile-of.ts";
import type { Figure } from "#test/bench/report.ts";
import type { RunningConsole } from "#test/bench/running-console.ts";
import { timeInTurns } from "#test/bench/time-in-turns.ts";

interface BothOptions {
  readonly cluster: RunningConsole;
  readonly embedded: RunningConsole;
  /** Events that are in both. */
  readonly count: number;
  /** Time of the first, epoch ms; one a millisecond follows. */
  readonly startedAt: number;
  readonly asked: number;
}

/** The same questions to both stores holding the same events, in turns, through the API of a console each; nothing arrives meanwhile. */
export const measureBothStores = async (options: BothOptions): Promise<readonly Figure[]> => {
  const { cluster, embedded, count, startedAt, asked } = options;
  const span = `from=${timeAt(startedAt - 3_600_000)}&to=${timeAt(startedAt + count + 3_600_000)}`;
  const questions: readonly (readonly [what: string, pathOf: (index: number) => string])[] = [
    ["a record by key", (index) => `/api/v1/records/order_no/${orderNumber((index * 7_919) % (count / 5))}`],
    ["list of 50 journeys", () => "/api/v1/journeys?limit=50"],
    ["list of 50 failed", () => "/api/v1/journeys?state=failed&limit=50"],
    ["failures by step and class", () => `/api/v1/failures?group=step,class&${span}`],
    ["latency of all hops", () => `/api/v1/flows/order-to-cash/latency?${span}`],
  ];
  const figures: Figure[] = [];
  for (const [what, pathOf] of questions) {
    const { first: ours, second: theirs } = await timeInTurns(
      asked,
      (index) => cluster.ask(pathOf(index)),
      (index) => embedded.ask(pathOf(index)),
    );
    figures.push({
      what: `${what}: Elasticsearch, embedded; ${count} events`,
      value: `p50 ${inMs(ours, 0.5)}, ${inMs(theirs, 0.5)} ms; p99 ${inMs(ours, 0.99)}, ${inMs(theirs, 0.99)} ms`,
      wanted: "",
      samples: ours.length,
      isMet: null,
    });
  }
  return figures;
};

const inMs = (times: readonly number[], share: number): string => percentileOf(times, share).toFixed(1);
const timeAt = (at: number): string => new Date(at).toISOString();
