import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toFlowId } from "#lib/id/id.ts";
import { openEvents, type Place } from "#lib/storage/open.ts";
import type { EventStorage } from "#lib/storage/storage.ts";
import { eventAt, type Load, ordersFlow, startLoad } from "#test/fault/order-load.ts";
import { checkTls } from "#test/fault/check-tls.ts";
import { makeCertificates } from "#test/support/certificates.ts";
import { prepareTestNodes } from "#test/support/elasticsearch-nodes.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { newHome, removeHome, startTestWorker, type TestWorker } from "#test/support/worker.ts";

/** 3 in the usual run, 20 in the long one; so many kills of a worker, and seconds that the cluster is away. */
const rounds = Number(process.env["HOPLINE_FAULT_ROUNDS"] ?? 3);
const awayMs = Number(process.env["HOPLINE_FAULT_AWAY_MS"] ?? 10_000);
const flow = toFlowId("orders");
const flows = { "orders.yaml": ordersFlow };
const recovery = { timeoutMs: 120_000, intervalMs: 50 };

const shared = newHome();
/** All workers of one cluster have the same. */
const secretFile = join(shared, "secret");
const certificates = makeCertificates(shared);
const nodes = await prepareTestNodes();
beforeAll(async () => nodes.found(certificates), 400_000);
afterAll(async () => {
  await nodes.remove();
  removeHome(shared);
}, 60_000);

// While nobody hurts them: what is asked of the adapter on one node, with documents on two; and over TLS.
process.env["HOPLINE_TEST_ELASTICSEARCH"] = nodes.urls
  .map((url) => url.replace("//", `//${nodes.username}:${nodes.password}@`))
  .join(",");
process.env["HOPLINE_TEST_REPLICAS"] = "1";
await import("#test/conformance/control/elasticsearch-control.test.ts");
await import("#test/conformance/events/elasticsearch-events.test.ts");
checkTls(nodes, certificates);

/** Two workers on one cluster under load, of which each may be started again. */
interface Scene {
  readonly prefix: string;
  readonly workers: TestWorker[];
  readonly load: Load;
  restart(at: number): Promise<void>;
}

const figures: { readonly fault: string; readonly [name: string]: string | number }[] = [];
afterAll(() => console.table(figures));

const envOf = (prefix: string, more: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> => ({
  ELASTICSEARCH_URL: nodes.urls.join(","),
  ELASTICSEARCH_USERNAME: nodes.username,
  ELASTICSEARCH_PASSWORD: nodes.password,
  ELASTICSEARCH_PREFIX: prefix,
  ELASTICSEARCH_REPLICAS: "1",
  HOPLINE_SECRET_FILE: secretFile,
  ...more,
});

async function underLoad(
  fault: string,
  hurt: (scene: Scene) => Promise<void>,
  more: Readonly<Record<string, string>> = {},
): Promise<void> {
  const prefix = `test-${randomBytes(6).toString("hex")}`;
  const homes = [newHome(), newHome()];
  const start = (home: string): Promise<TestWorker> => startTestWorker({ home, flows, env: envOf(prefix, more) });
  const workers = [await start(homes[0] ?? ""), await start(homes[1] ?? "")];
  const load = startLoad(() => workers);
  const spool = watchSpools(() => workers);
  try {
    await waitFor("some load", () => load.acknowledged.size >= 1_000, recovery);
    await hurt({
      prefix,
      workers,
      load,
      async restart(at) {
        workers[at] = await start(homes[at] ?? "");
      },
    });
    const hurtAt = performance.now();
    const before = load.acknowledged.size;
    await waitFor("events taken after the fault", () => load.acknowledged.size > before + 200, recovery);
    const recoveredMs = performance.now() - hurtAt;
    await load.finish();
    for (const worker of workers)
      await waitFor("nothing waiting", async () => (await waitingAt(worker)) === 0, recovery);
    const { lost, twice } = await compare(prefix, load.acknowledged);
    figures.push({
      fault,
      acknowledged: load.acknowledged.size,
      "longest gap, ms": Math.round(load.longestGapMs),
      "recovered, ms": Math.round(recoveredMs),
      "spooled at most": spool.most,
      lost,
      twice,
    });
    expect({ lost, twice }).toEqual({ lost: 0, twice: 0 });
  } finally {
    spool.stop();
    await load.finish();
    await Promise.all(workers.map((worker) => worker.stop()));
    for (const home of homes) removeHome(home);
  }
}

const metric = async (worker: TestWorker, name: string): Promise<number> => {
  const text = await (await fetch(`${worker.url}/metrics`)).text();
  return Number(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, "mu").exec(text)?.[1] ?? Number.NaN);
};
const waitingAt = async (worker: TestWorker): Promise<number> =>
  (await metric(worker, "hopline_projection_pending_events")) + (await metric(worker, "hopline_spool_events"));
/** How many requests' worth of events all spools held at most. */
function watchSpools(workers: () => readonly TestWorker[]): { readonly most: number; stop(): void } {
  let most = 0;
  const look = async (): Promise<void> => {
    const held = await Promise.all(workers().map((worker) => metric(worker, "hopline_spool_events").catch(() => 0)));
    most = Math.max(
      most,
      held.reduce((sum, count) => sum + count, 0),
    );
  };
  const timer = setInterval(() => void look(), 250);
  return {
    get most() {
      return most;
    },
    stop: () => clearInterval(timer),
  };
}

const placeOf = (prefix: string): Place => ({
  home: "",
  elasticsearch: {
    urls: nodes.urls,
    apiKey: null,
    username: nodes.username,
    password: nodes.password,
    caFile: null,
    prefix,
    replicas: 1,
  },
});

/** Every acknowledged event once, and the journeys of a calm run of the same events on the embedded store. */
async function compare(
  prefix: string,
  acknowledged: ReadonlySet<number>,
): Promise<{ readonly lost: number; readonly twice: number }> {
  const storage = await openEvents(placeOf(prefix), { mode: "reader", now: Date.now });
  const calmHome = newHome();
  const calm = await startTestWorker({ home: calmHome, flows, env: { ELASTICSEARCH_URL: "" } });
  try {
    const kept = new Map<string, number>();
    for await (const id of idsIn(storage)) kept.set(id, (kept.get(id) ?? 0) + 1);
    const lost = [...acknowledged].filter((place) => !kept.has(`e-${place}`)).length;
    const twice = [...kept.values()].filter((count) => count > 1).length;
    const events = [...kept.keys()].map((id) => eventAt(Number(id.slice(2))));
    for (let from = 0; from < events.length; from += 1_000) await calm.sendHops(events.slice(from, from + 1_000));
    await calm.stop();
    const embedded = await openEvents({ home: calmHome, elasticsearch: null }, { mode: "reader", now: Date.now });
    const wanted = await rowsIn(embedded);
    await embedded.close();
    await waitFor("every journey", async () => (await rowsIn(storage)).size === wanted.size, recovery);
    const found = await rowsIn(storage);
    const different = [...wanted].filter(([primary, row]) => found.get(primary) !== row);
    expect(different.slice(0, 3).map(([primary, row]) => ({ primary, row, found: found.get(primary) }))).toEqual([]);
    expect(different).toHaveLength(0);
    return { lost, twice };
  } finally {
    await calm.stop();
    removeHome(calmHome);
    await storage.close();
  }
}

async function* idsIn(storage: EventStorage): AsyncIterable<string> {
  for (let after: Parameters<EventStorage["events"]["scan"]>[0] = null; ;) {
    const events = await storage.events.scan(after, 2_000);
    for (const { event } of events) yield event.id;
    const last = events.at(-1);
    if (last === undefined) return;
    after = last.position;
  }
}

/** As text, without the moment of arrival. */
async function rowsIn(storage: EventStorage): Promise<ReadonlyMap<string, string>> {
  const rows = new Map<string, string>();
  for (let after: string | null = null; ;) {
    const part = await storage.journeys.scan(flow, after, 1_000);
    for (const { newestIngestedAt: _, ...row } of part) rows.set(row.primary, JSON.stringify(row));
    const last = part.at(-1);
    if (last === undefined) return rows;
    after = last.primary;
  }
}

describe("under load, nothing acknowledged is lost or counted twice", () => {
  it(
    "where a worker is killed at random moments",
    () =>
      underLoad(`kill -9 of a worker, ${rounds} times`, async ({ workers, load, restart }) => {
        for (let round = 0; round < rounds; round += 1) {
          const wanted = load.acknowledged.size + 200 + Math.floor(Math.random() * 800);
          await waitFor("more load", () => load.acknowledged.size >= wanted, recovery);
          await workers[round % 2]?.stop("SIGKILL");
          await restart(round % 2);
        }
      }),
    120_000 + rounds * 30_000,
  );

  it("where the elected master is killed", async () => {
    await underLoad("the elected master is killed", async ({ load }) => {
      const master = await nodes.master();
      await nodes.kill(master);
      const before = load.acknowledged.size;
      await waitFor("events taken without it", () => load.acknowledged.size > before + 200, recovery);
      await nodes.start(master);
    });
  }, 300_000);

  it("where a node that holds data is killed", async () => {
    await underLoad("a data node is killed", async ({ load }) => {
      await nodes.kill("n2");
      const before = load.acknowledged.size;
      await waitFor("events taken without it", () => load.acknowledged.size > before + 200, recovery);
      await nodes.start("n2");
    });
  }, 300_000);

  it(
    "where the whole cluster is away for a while",
    () =>
      underLoad(`Elasticsearch away for ${awayMs / 1_000} s`, async ({ load }) => {
        await nodes.kill("n1", "n2", "n3");
        const before = load.acknowledged.size;
        await pause(awayMs);
        expect(load.acknowledged.size).toBeGreaterThan(before);
        load.ease(true);
        await nodes.start("n1", "n2", "n3");
        load.ease(false);
      }),
    300_000 + awayMs,
  );

  it("where the cluster takes no writes because its disks are full", async () => {
    await underLoad("flood stage: read-only", async ({ prefix, load }) => {
      await nodes.call("PUT", `/${prefix}-*/_settings`, { "index.blocks.read_only_allow_delete": true });
      const before = load.acknowledged.size;
      await waitFor("events taken meanwhile", () => load.acknowledged.size > before + 200, recovery);
      await nodes.call("PUT", `/${prefix}-*/_settings`, { "index.blocks.read_only_allow_delete": null });
    });
  }, 300_000);
});
