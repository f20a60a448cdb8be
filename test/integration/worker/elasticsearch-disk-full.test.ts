import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { openEvents } from "#lib/storage/open.ts";
import { startClusterProxy } from "#test/support/cluster-proxy.ts";
import { keepInCluster } from "#test/support/keep-in-cluster.ts";
import { mountSmallDisk } from "#test/support/small-disk.ts";
import { placeOf, urlVariable } from "#test/support/store-place.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { startTestWorker } from "#test/support/worker.ts";

keepInCluster();

const small = mountSmallDisk(6);
afterAll(() => small?.unmount());
const patience = { timeoutMs: 60_000, intervalMs: 100 };

describe.runIf(small !== null)("a worker whose cluster is away and whose disk is full", () => {
  test("answers 503 with Retry-After, loses nothing acknowledged, and drains when the cluster is back", async () => {
    const home = join(small?.directory ?? "", "home");
    const proxy = await startClusterProxy();
    // Read beside the proxy: what is kept is asked of the cluster itself.
    const storage = await openEvents(placeOf(home), { mode: "reader", now: Date.now });
    process.env[urlVariable] = proxy.url;
    const worker = await startTestWorker({ home });
    try {
      let sent = 0;
      const acknowledged = new Set<string>();
      const batch = () =>
        Array.from({ length: 100 }, () => ({
          id: `f-${(sent += 1)}`,
          step: "s",
          source: "load",
          time: 1_795_400_000_000 + sent,
          keys: { order_no: `SO-${sent}` },
          payload: "x".repeat(2_000),
        }));
      const take = async (events: ReturnType<typeof batch>): Promise<Response> => {
        const response = await worker.post("/v1/hops", events);
        if (response.status === 202) for (const { id } of events) acknowledged.add(id);
        else expect(response.status).toBe(503);
        return response;
      };
      proxy.behave({ kind: "gone" });
      let refused = batch();
      const answer = await waitFor(
        "the disk to be full",
        async () => {
          refused = batch();
          const response = await take(refused);
          return response.status === 503 ? response : null;
        },
        { timeoutMs: 60_000, intervalMs: 0 },
      );
      expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
      const problem: unknown = await answer.json();
      expect(problem).toMatchObject({ code: "store_full", detail: expect.stringContaining("ENOSPC") });
      expect((await fetch(`${worker.url}/readyz`)).status).toBe(503);
      // What a full disk has cut off is promised to nobody, whatever ends the worker then.
      await worker.stop("SIGKILL");
      proxy.behave({ kind: "well" });
      const again = await startTestWorker({ home });
      try {
        const isTaken = async () => (await again.post("/v1/hops", refused)).status === 202;
        await waitFor("the refused ones to be taken", isTaken, patience);
        for (const { id } of refused) acknowledged.add(id);
        await waitFor(
          "everything acknowledged",
          async () => (await storage.events.countAll()) >= acknowledged.size,
          patience,
        );
        const kept = (await storage.events.scan(null, 10_000)).map(({ event }) => event.id);
        expect(kept.toSorted()).toEqual([...acknowledged].toSorted());
      } finally {
        await again.stop();
      }
    } finally {
      delete process.env[urlVariable];
      await worker.stop();
      await storage.close();
      await proxy.close();
    }
  });
});
