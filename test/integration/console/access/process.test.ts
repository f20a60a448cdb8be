import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isInCluster } from "#test/support/store-place.ts";
import { newHome, removeHome, startTestWorker } from "#test/support/worker.ts";
import { createUser, signIn, startTestConsole } from "#test/support/console.ts";

const withHome = async (work: (home: string) => Promise<void>): Promise<void> => {
  const home = newHome();
  try {
    await work(home);
  } finally {
    removeHome(home);
  }
};

describe("the console as a process", () => {
  it("works without a worker ever having run, and says so", async () => {
    await withHome(async (home) => {
      const console = await startTestConsole(home, { HOPLINE_INGEST_PORT: "9" });
      expect((await fetch(`${console.url}/readyz`)).status).toBe(200);
      await createUser(home, "li", "support");
      const cookie = await signIn(console.url, "li");
      const page = await fetch(`${console.url}/`, { headers: { cookie } });
      expect(page.status).toBe(200);
      expect(await page.text()).toContain("Worker not running");
      await console.stop();
    });
  });

  it("goes on when the worker stops", async () => {
    await withHome(async (home) => {
      const worker = await startTestWorker({ home });
      const console = await startTestConsole(home, { HOPLINE_INGEST_PORT: new URL(worker.url).port });
      await createUser(home, "li", "support");
      const cookie = await signIn(console.url, "li");
      const freshness = async (): Promise<unknown> =>
        (await fetch(`${console.url}/api/console/freshness`, { headers: { cookie } })).json();
      expect(await freshness()).toMatchObject({ workerUp: true });
      await worker.stop("SIGKILL");
      await expect.poll(freshness, { timeout: 8_000 }).toMatchObject({ workerUp: false });
      expect((await fetch(`${console.url}/`, { headers: { cookie } })).status).toBe(200);
      await console.stop();
    });
  });

  it("stops with 0 when it is asked to, open connections or not", async () => {
    await withHome(async (home) => {
      const console = await startTestConsole(home);
      await fetch(`${console.url}/sign-in`);
      expect(await console.stop("SIGTERM")).toBe(0);
    });
  });

  it("lists flows in its readiness", async () => {
    await withHome(async (home) => {
      const flows = {
        "orders.yaml": "flow: orders\nrecord: { primary: order_no }\nsteps: [{ id: placed, system: oms }]\n",
      };
      const worker = await startTestWorker({ home, flows });
      const console = await startTestConsole(home);
      const read = async (): Promise<unknown> => (await fetch(`${console.url}/readyz`)).json();
      await expect.poll(read).toMatchObject({ status: "ready", flows: [{ flow: "orders" }] });
      await console.stop();
      await worker.stop();
    });
  });

  // damages a file of the embedded store
  it.skipIf(isInCluster())("refuses a damaged store with a sentence, and does not start", async () => {
    await withHome(async (home) => {
      await writeFile(join(home, "control.db"), "not a database at all ".repeat(500));
      await expect(startTestConsole(home)).rejects.toThrow(/ended with 1.*control\.db is damaged/su);
    });
  });

  it("waits for a cluster that does not answer, and says so", async () => {
    await withHome(async (home) => {
      const env = { ELASTICSEARCH_URL: "http://127.0.0.1:1" };
      const console = await startTestConsole(home, env, "waiting for the store");
      const page = await fetch(`${console.url}/records`);
      expect(page.status).toBe(503);
      expect(await page.text()).toContain("The store does not answer");
      const ready = await fetch(`${console.url}/readyz`);
      expect(ready.status).toBe(503);
      expect(JSON.stringify(await ready.json())).toContain("No Elasticsearch answers at http://127.0.0.1:1");
      expect(await console.stop()).toBe(0);
    });
  });

  it("says which port is taken", async () => {
    await withHome(async (home) => {
      const console = await startTestConsole(home);
      const { port } = new URL(console.url);
      await expect(startTestConsole(home, { HOPLINE_CONSOLE_PORT: port })).rejects.toThrow(/HOPLINE_CONSOLE_PORT/u);
      await console.stop();
    });
  });
});
