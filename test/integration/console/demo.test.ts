import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { demoAccounts, demoPassword } from "#ingest/demo/demo-access.ts";
import { demoCluster } from "#ingest/demo/demo-cluster.ts";
import { openReading, type Reading } from "#test/support/read-stores.ts";
import { isInCluster, storeEnvOf } from "#test/support/store-place.ts";
import { trySignIn } from "#test/support/console.ts";
import { makeHome } from "#test/support/home.ts";
import { waitFor } from "#test/support/wait-for.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const { home, remove } = makeHome();

interface Demo {
  readonly child: ChildProcess;
  readonly said: () => string;
}

/** As npm runs it, on free ports: the console's is read from its log. */
const start = (...words: readonly string[]): Demo => {
  let said = "";
  const options = ["--home", join(home, "demo"), ...(isInCluster() ? ["--cluster"] : []), ...words];
  const child = spawn(process.execPath, ["ingest/demo.ts", ...options], {
    cwd: root,
    env: { ...process.env, ...storeEnvOf(home), HOPLINE_HOME: join(home, "never") },
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stdout?.on("data", (chunk: Buffer) => (said += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (said += chunk.toString()));
  return { child, said: () => said };
};

const welcomed = async ({ child, said }: Demo): Promise<string> => {
  await waitFor("the welcome", () => said().includes(demoPassword) || child.exitCode !== null, { timeoutMs: 60_000 });
  return /in trouble is waiting at (http:\S+)/u.exec(said())?.[1] ?? said();
};

const stop = async ({ child }: Demo): Promise<number | null> => {
  if (child.exitCode !== null) return child.exitCode;
  const closed = once(child, "close");
  child.kill("SIGINT");
  await closed;
  return child.exitCode;
};

/** What the demo keeps: in the cluster under indices of its own. */
const openDemoReading = async (): Promise<Reading> => {
  const demoHome = join(home, "demo");
  if (!isInCluster()) return await openReading(demoHome);
  const state = JSON.parse(readFileSync(join(demoHome, "demo.json"), "utf8")) as { readonly asOf: number };
  return await openReading(demoHome, { home: demoHome, elasticsearch: demoCluster(storeEnvOf(home), state) });
};

describe("npm run demo", () => {
  let demo: Demo;
  let url: string;
  beforeAll(async () => {
    demo = start("--records", "120", "--every", "1", "--port", "0", "--ingest-port", "0");
    url = await welcomed(demo);
  }, 90_000);
  afterAll(async () => {
    await stop(demo);
    remove();
  });

  it("shows a company in trouble to everybody whose name and password it printed", async () => {
    for (const { name, role } of demoAccounts) {
      expect(demo.said()).toMatch(new RegExp(`${name} +${role}`, "u"));
      expect(await trySignIn(url, name, demoPassword)).toMatchObject({ error: null });
    }
    const reading = await openDemoReading();
    const flows = ["order-to-cash", "purchase-to-pay"] as never[];
    const counted = await waitFor("the journeys", async () => {
      const counts = [...(await reading.stores.journeys.countByState(flows)).values()];
      return counts.some(({ overdue }) => overdue > 0) && counts;
    });
    expect(counted.some(({ completed }) => completed > 10)).toBe(true);
    await reading.close();
  });

  it("goes on with new records until it is told to stop, and then where it stopped", async () => {
    const reading = await openDemoReading();
    const before = await reading.stores.events.countAll();
    await waitFor("new events", async () => (await reading.stores.events.countAll()) > before + 5);
    expect(await stop(demo)).toBe(0);
    const stoppedAt = await reading.stores.events.countAll();
    demo = start("--port", "0", "--ingest-port", "0");
    url = await welcomed(demo);
    await waitFor("new events after the pause", async () => (await reading.stores.events.countAll()) > stoppedAt + 5);
    const letters = await reading.stores.deadLetters.list({ cursor: null, limit: 100 });
    expect(letters.items.filter(({ reason }) => reason === "id_reused")).toEqual([]);
    await reading.close();
  });

  it("leaves a folder that is not its own alone", async () => {
    writeFileSync(join(home, "mine.txt"), "mine");
    const other = start("--home", home);
    const [code] = (await once(other.child, "close")) as [number | null];
    expect(code).toBe(2);
    expect(other.said()).toContain("something that is not a demo");
  });
});
