import { Agent, request } from "node:http";
import { orderBatch } from "#test/bench/order-events.ts";

export interface Posted {
  /** Events of batches answered 202. */
  readonly accepted: number;
  /** Answers 429 and 503, and connections closed while the body was still being sent. */
  readonly refused: number;
  readonly durationMs: number;
  /** Wall-clock ms at each tenth of the events, for "as fast at the end as at the start". */
  readonly tenthsMs: readonly number[];
}

interface PostOptions {
  readonly url: string;
  readonly first: number;
  readonly count: number;
  readonly startedAt: number;
  readonly batchSize: number;
  /** Requests under way at once, each on a connection of its own. */
  readonly connections: number;
  /** Events a second at most; absent: as fast as answers come. */
  readonly eventsPerSecond?: number;
  /** Whether to send a refused batch again after Retry-After; false: drop it, as in an overload. */
  readonly retry: boolean;
  readonly stop?: AbortSignal;
  /** The body of the batch that begins with this event, where it is made already. */
  readonly bodyOf?: (first: number) => Buffer | undefined;
}

/** Posts orders as NDJSON batches over keep-alive connections, making each body just before it is sent. Bounded by `count`. */
export const postOrders = async (options: PostOptions): Promise<Posted> => {
  const agent = new Agent({ keepAlive: true, maxSockets: options.connections });
  const begun = performance.now();
  const tenthsMs: number[] = [];
  let next = options.first;
  let accepted = 0;
  let refused = 0;

  const sendAll = async (): Promise<void> => {
    while (next < options.first + options.count && options.stop?.aborted !== true) {
      const first = next;
      const size = Math.min(options.batchSize, options.first + options.count - first);
      next += size;
      if (options.eventsPerSecond !== undefined)
        await until(begun + ((first - options.first) / options.eventsPerSecond) * 1_000);
      const body = options.bodyOf?.(first) ?? Buffer.from(orderBatch(first, size, options.startedAt));
      for (;;) {
        const status = await post(agent, `${options.url}/v1/hops`, body);
        if (status === 202) {
          accepted += size;
          break;
        }
        if (status !== 429 && status !== 503) throw new Error(`the worker answered ${status}`);
        refused += 1;
        if (!options.retry) break;
        await until(performance.now() + 200);
      }
      while (accepted * 10 >= options.count * (tenthsMs.length + 1)) tenthsMs.push(performance.now() - begun);
    }
  };
  try {
    await Promise.all(Array.from({ length: options.connections }, sendAll));
  } finally {
    agent.destroy();
  }
  return { accepted, refused, durationMs: performance.now() - begun, tenthsMs };
};

const until = async (at: number): Promise<void> => {
  const wait = at - performance.now();
  if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
};

const post = (agent: Agent, url: string, body: Buffer): Promise<number> =>
  new Promise((resolve, reject) => {
    const sent = request(
      url,
      { method: "POST", agent, headers: { "content-type": "application/x-ndjson", "content-length": body.length } },
      (response) => {
        response.resume();
        response.once("end", () => resolve(response.statusCode ?? 0));
      },
    );
    sent.on("error", (error: NodeJS.ErrnoException) => {
      // A refusal comes before the body has been read, and may close the connection under it.
      if (error.code === "EPIPE" || error.code === "ECONNRESET") resolve(429);
      else reject(error);
    });
    sent.end(body);
  });
