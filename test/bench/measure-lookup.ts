import { batchSize } from "#test/bench/measure-ingest.ts";
import { orderNumber, paymentNumber } from "#test/bench/order-events.ts";
import { percentileOf } from "#test/bench/percentile-of.ts";
import { postOrders } from "#test/bench/post-orders.ts";
import type { Figure } from "#test/bench/report.ts";
import { readyUrl, runCommand, startProcess } from "#test/bench/running-process.ts";
import { signIn } from "#test/bench/sign-in.ts";
import { hashPassword } from "#lib/access/password-hash.ts";
import { openControl } from "#lib/storage/open.ts";
import type { TestWorker } from "#test/support/worker.ts";

const password = "a bench looks things up";
const arriving = 2_000;

/** The pages that read more than a record, as an administrator opens them. */
const otherPages = [
  "/",
  "/journeys",
  "/journeys?state=failed",
  "/failures",
  "/flows",
  "/flows/order-to-cash",
  "/sources",
  "/dead-letters",
  "/audit",
  "/settings",
];

interface LookupOptions {
  readonly worker: TestWorker;
  /** Events already there. */
  readonly count: number;
  readonly startedAt: number;
  readonly lookups: number;
}

/** Records found by order or payment number, anywhere in what is kept, while 2,000 events a second arrive. */
export const measureLookup = async ({
  worker,
  count,
  startedAt,
  lookups,
}: LookupOptions): Promise<readonly Figure[]> => {
  const env = { HOPLINE_HOME: worker.home, HOPLINE_CONSOLE_PORT: "0" };
  await createUser(worker.home);
  const { token } = await runCommand(["token", "create", "--scope", "read"], env);
  const console = startProcess("app/_server/console.ts", env);
  try {
    const url = await readyUrl(console);
    const cookie = await signIn(url, "bench", password);
    const stop = new AbortController();
    const arrivals = postOrders({
      url: worker.url,
      first: count,
      count: arriving * 600,
      startedAt,
      batchSize: batchSize / 5,
      connections: 2,
      eventsPerSecond: arriving,
      retry: true,
      stop: stop.signal,
    });
    const orders = Math.floor(count / 5);
    const api = await timeEach(lookups, (index) => {
      const order = pick(index, orders);
      const key = index % 2 === 0 ? `order_no/${orderNumber(order)}` : `payment_no/${paymentNumber(order)}`;
      return fetch(`${url}/api/v1/records/${key}`, { headers: { authorization: `Bearer ${String(token)}` } });
    });
    const page = await timeEach(Math.ceil(lookups / 4), (index) =>
      fetch(`${url}/record/order_no/${orderNumber(pick(index, orders))}`, { headers: { cookie } }),
    );
    const others: Figure[] = [];
    for (const path of otherPages) {
      const times = await timeEach(Math.ceil(lookups / 20), () => fetch(`${url}${path}`, { headers: { cookie } }));
      others.push(...figure(`${path}, server time`, times, 200));
    }
    stop.abort();
    await arrivals;
    return [
      ...figure(`record by key in the API, ${arriving} events/s arriving`, api, 50),
      ...figure("record page, server time", page, 150),
      ...others,
    ];
  } finally {
    await console.stop();
  }
};

const figure = (what: string, times: readonly number[], limitMs: number): readonly Figure[] => {
  const p99 = percentileOf(times, 0.99);
  const value = `p50 ${percentileOf(times, 0.5).toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`;
  return [{ what, value, wanted: `p99 < ${limitMs} ms`, samples: times.length, isMet: p99 < limitMs }];
};

/** Spread over all there is, the same in each run. */
const pick = (index: number, orders: number): number => (index * 7_368_787) % orders;

/** One after the other, after a twentieth that is not counted. An answer other than 200 fails the run: it would be a fast nothing. */
const timeEach = async (count: number, ask: (index: number) => Promise<Response>): Promise<readonly number[]> => {
  const times: number[] = [];
  const warmUp = Math.ceil(count / 20);
  for (let index = 0; index < count + warmUp; index += 1) {
    const begun = performance.now();
    const response = await ask(index);
    await response.arrayBuffer();
    if (index >= warmUp) times.push(performance.now() - begun);
    if (response.status !== 200) throw new Error(`look-up ${index} answered ${response.status}`);
  }
  return times;
};

const createUser = async (home: string): Promise<void> => {
  const control = await openControl({ home, elasticsearch: null }, { mode: "command", now: Date.now });
  await control.access.createUser(
    { name: "bench", role: "administrator", passwordHash: await hashPassword(password), createdAt: Date.now() },
    "bench",
  );
  await control.close();
};
