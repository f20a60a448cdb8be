import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { mountSmallDisk } from "#test/support/small-disk.ts";
import { startTestWorker } from "#test/support/worker.ts";
import { waitFor } from "#test/support/wait-for.ts";

const small = mountSmallDisk(24);

describe.runIf(small !== null)("a worker whose disk is full", () => {
  test("answers 503 with Retry-After, loses nothing acknowledged, and goes on when there is space", async () => {
    if (small === null) return;
    try {
      const home = join(small.directory, "home");
      const ballast = join(small.directory, "ballast");
      const worker = await startTestWorker({ home });
      writeFileSync(ballast, Buffer.alloc(14 * 2 ** 20, 1));
      let sent = 0;
      const acknowledged: string[] = [];
      const batch = () =>
        Array.from({ length: 100 }, () => ({
          id: `f-${(sent += 1)}`,
          step: "s",
          source: "load",
          time: 1_795_400_000_000 + sent,
          keys: { order_no: `SO-${sent}` },
          payload: `${sent}`.repeat(400).slice(0, 2_000) + Math.random(),
        }));
      const refused = await waitFor(
        "the disk to be full",
        async () => {
          const events = batch();
          const response = await worker.post("/v1/hops", events);
          if (response.status === 503) return { response, events };
          expect(response.status).toBe(202);
          acknowledged.push(...events.map(({ id }) => id));
          return null;
        },
        { timeoutMs: 60_000, intervalMs: 0 },
      );
      expect(Number(refused.response.headers.get("retry-after"))).toBeGreaterThan(0);
      expect(await refused.response.json()).toMatchObject({ code: "store_full", status: 503 });
      expect((await fetch(`${worker.url}/healthz`)).status).toBe(200);
      rmSync(ballast);
      await waitFor("space to be used", async () => (await worker.post("/v1/hops", refused.events)).status === 202, {
        timeoutMs: 30_000,
      });
      acknowledged.push(...refused.events.map(({ id }) => id));
      expect(await worker.stop()).toBe(0);
      const again = await startTestWorker({ home });
      const metrics = await (await fetch(`${again.url}/metrics`)).text();
      expect(Number(/^hopline_events_kept (\d+)$/m.exec(metrics)?.[1])).toBe(acknowledged.length);
      await again.stop();
    } finally {
      small.unmount();
    }
  });
});
