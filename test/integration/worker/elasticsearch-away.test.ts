import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { toFlowId } from "#lib/id/id.ts";
import { openEvents } from "#lib/storage/open.ts";
import type { EventStorage } from "#lib/storage/storage.ts";
import { startAnsweringServer } from "#test/support/answering-server.ts";
import { type ClusterProxy, startClusterProxy } from "#test/support/cluster-proxy.ts";
import { keepInCluster } from "#test/support/keep-in-cluster.ts";
import { placeOf, urlVariable } from "#test/support/store-place.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { newHome, removeHome, startRefused, startTestWorker, type TestWorker } from "#test/support/worker.ts";

keepInCluster();

const flow = "flow: orders\nrecord: { primary: order_no }\nsteps: [{ id: placed, system: oms }]\n";
const patience = { timeoutMs: 60_000, intervalMs: 200 };
const home = newHome();
let proxy: ClusterProxy;
let worker: TestWorker;
let storage: EventStorage;
let sent = 0;

const start = async (
  env: Readonly<Record<string, string>> = {},
  until: "ready" | "waiting for the store" = "ready",
): Promise<void> => {
  worker = await startTestWorker({ home, flows: { "orders.yaml": flow }, env, until });
};
beforeAll(async () => {
  proxy = await startClusterProxy();
  // Read beside the proxy: what the worker can't reach is looked at all the same.
  storage = await openEvents(placeOf(home), { mode: "reader", now: Date.now });
  process.env[urlVariable] = proxy.url;
  await start();
});
afterEach(() => proxy.behave({ kind: "well" }));
afterAll(async () => {
  delete process.env[urlVariable];
  await worker.stop();
  await storage.close();
  await proxy.close();
  removeHome(home);
});

const events = (count: number): readonly { readonly id: string; readonly keys: { readonly order_no: string } }[] =>
  Array.from({ length: count }, () => {
    sent += 1;
    return { id: `e${sent}`, step: "placed", time: Date.now(), source: "shop", keys: { order_no: `SO-${sent}` } };
  });
const post = async (some: readonly unknown[]): Promise<Response> => worker.post("/v1/hops", some);
const spoolOf = async (): Promise<{ readonly state: string; readonly events: number }> => {
  const body: unknown = await (await fetch(`${worker.url}/readyz`)).json();
  return (body as { readonly spool: { readonly state: string; readonly events: number } }).spool;
};
const untilDrained = async (): Promise<void> => {
  await waitFor("the spool is empty", async () => (await spoolOf()).state === "idle", patience);
};
/** Every event that was acknowledged is there once, and in its journey. */
const expectAll = async (): Promise<void> => {
  const journeys = Array.from({ length: sent }, (_, at) => ({ flow: toFlowId("orders"), primary: `SO-${at + 1}` }));
  await waitFor(
    "every journey",
    async () => (await storage.journeys.findMany(journeys)).filter((row) => row.eventsTotal === 1).length === sent,
    patience,
  );
  await waitFor("every event once", async () => (await storage.events.countAll()) === sent, patience);
};

describe("a worker whose cluster is away", () => {
  test.each([
    ["gone", { kind: "gone" }],
    ["busy (429)", refusing(429, "es_rejected_execution_exception")],
    ["without a master (503)", refusing(503, "cluster_block_exception")],
  ] as const)("takes events while it is %s, and brings each in once afterwards", async (_, behaviour) => {
    const first = events(5);
    expect((await post(first)).status).toBe(202);
    proxy.behave(behaviour);
    for (let each = 0; each < 5; each += 1) {
      const answer = await post(events(20));
      expect(answer.status).toBe(202);
      expect(await answer.json()).toMatchObject({ accepted: 20, rejected: [] });
    }
    expect((await post(first)).status).toBe(202);
    expect(await spoolOf()).toMatchObject({ state: "spooling", events: 105 });
    const metrics = await (await fetch(`${worker.url}/metrics`)).text();
    expect(metrics).toMatch(/^hopline_spool_events 105$/mu);
    proxy.behave({ kind: "well" });
    await untilDrained();
    await expectAll();
  });

  test.each([
    ["nothing is answered", { kind: "silent" }],
    ["writes wait for a master", { kind: "slow", path: /_bulk/u, delayMs: 60_000 }],
    ["journeys can't be read", { kind: "slow", path: /-journey/u, delayMs: 60_000 }],
  ] as const)("keeps no sender waiting for a cluster where %s", async (_, behaviour) => {
    proxy.behave(behaviour);
    // Until something waits for the cluster: what comes then comes behind it.
    const first = post(events(5));
    await waitFor("a request without an answer", () => proxy.kept > 0, patience);
    const [before, after] = [post(events(7)), post(events(9))];
    for (const answer of await Promise.all([first, before, after])) expect(answer.status).toBe(202);
    expect(proxy.givenUp).toBe(0);
    proxy.behave({ kind: "well" });
    await untilDrained();
    await expectAll();
  });

  test("counts an event once whose answer was lost after it was stored", async () => {
    proxy.behave({ kind: "breaking", path: /_bulk/u });
    expect((await post(events(30))).status).toBe(202);
    proxy.behave({ kind: "well" });
    await untilDrained();
    await expectAll();
  });

  test("has everything after it was killed meanwhile", async () => {
    proxy.behave({ kind: "gone" });
    expect((await post(events(50))).status).toBe(202);
    await worker.stop("SIGKILL");
    proxy.behave({ kind: "well" });
    await start();
    await untilDrained();
    await expectAll();
  });

  test("asks senders to come again when its spool is full, and says so", async () => {
    await worker.stop();
    await start({ HOPLINE_SPOOL_LIMIT: "20KB" });
    proxy.behave({ kind: "gone" });
    const taken = events(10);
    expect((await post(taken)).status).toBe(202);
    const before = sent;
    const refused = await post(events(100));
    sent = before;
    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({ code: "store_full" });
    const ready = await fetch(`${worker.url}/readyz`);
    expect(ready.status).toBe(503);
    expect(await spoolOf()).toMatchObject({ state: "full", events: 10 });
    proxy.behave({ kind: "well" });
    await untilDrained();
    await expectAll();
  });

  test("starts before its cluster, says so, and goes on by itself when it is there", async () => {
    proxy.behave({ kind: "gone" });
    expect((await post(events(20))).status).toBe(202);
    await worker.stop("SIGKILL");
    await start({}, "waiting for the store");
    expect(await worker.stop()).toBe(0);
    await start({}, "waiting for the store");
    const { url } = worker;
    const refused = await post([{ id: "early" }]);
    expect([refused.status, Number(refused.headers.get("retry-after"))]).toEqual([503, 5]);
    const ready = await fetch(`${url}/readyz`);
    expect(ready.status).toBe(503);
    expect(JSON.stringify(await ready.json())).toContain("No Elasticsearch answers at");
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    proxy.behave({ kind: "well" });
    const isReady = async (): Promise<boolean> => (await fetch(`${url}/readyz`).catch(() => null))?.status === 200;
    await waitFor("a worker that is ready", isReady, patience);
    expect((await post(events(5))).status).toBe(202);
    await untilDrained();
    await expectAll();
  });

  test("does not wait for an Elasticsearch that it can't work with", async () => {
    const url = await startAnsweringServer((_, answer) => {
      answer.writeHead(200, { "content-type": "application/json", "x-elastic-product": "Elasticsearch" });
      answer.end(JSON.stringify({ version: { number: "8.19.2" } }));
    });
    const other = newHome();
    onTestFinished(() => removeHome(other));
    const { code, said } = await startRefused({ home: other, env: { ELASTICSEARCH_URL: url } });
    expect([code, said]).toEqual([1, expect.stringContaining("is version 8.19.2; this version of Hopline needs 9.")]);
  });

  test("keeps what is rejected as a dead letter, afterwards", async () => {
    proxy.behave({ kind: "gone" });
    const answer = await post([{ id: "no-keys", step: "placed", time: Date.now(), source: "shop" }]);
    expect(answer.status).toBe(400);
    proxy.behave({ kind: "well" });
    await untilDrained();
    await waitFor("the dead letter", async () => (await storage.deadLetters.countOpen()) === 1, patience);
  });
});

function refusing(status: number, type: string) {
  return {
    kind: "refusing",
    path: /_bulk/u,
    status,
    body: { error: { type, reason: "not now" }, status },
  } as const;
}
