import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, onTestFinished, test } from "vitest";
import { isInCluster } from "#test/support/store-place.ts";
import { newHome, removeHome, startRefused, startTestWorker, type TestWorker } from "#test/support/worker.ts";

const hop = (id: string) => ({ id, step: "placed", time: Date.now(), keys: { order_no: id } });

const start = async (home: string, env: Readonly<Record<string, string>> = {}): Promise<TestWorker> => {
  const worker = await startTestWorker({ home, env });
  onTestFinished(async () => {
    await worker.stop();
  });
  return worker;
};
const makeHome = (): string => {
  const home = newHome();
  onTestFinished(() => removeHome(home));
  return home;
};
const openReader = (file: string): DatabaseSync => {
  const database = new DatabaseSync(file);
  onTestFinished(() => {
    if (database.isOpen) database.close();
  });
  return database;
};

describe("starting and stopping the worker", () => {
  test("makes its home with a secret only its owner can read", async () => {
    const home = makeHome();
    const worker = await start(home);
    expect(existsSync(join(home, "control.db"))).toBe(!isInCluster());
    expect(statSync(join(home, "secret")).mode & 0o777).toBe(0o600);
    expect(JSON.stringify(worker.lines)).not.toContain(readFileSync(join(home, "secret"), "utf8").trim());
    expect(worker.lines.at(-1)).toMatchObject({ msg: "ready", url: worker.url });
  });

  test("a second worker on the same home ends with a sentence and changes nothing", async () => {
    const home = makeHome();
    const worker = await start(home);
    const second = await startRefused({ home });
    expect(second.code).toBe(1);
    expect(second.said).toMatch(/another hopline worker/i);
    expect(second.said).not.toContain("    at ");
    expect((await worker.post("/v1/hops", hop("after"))).status).toBe(202);
  });

  test("says every setting that can't be used, and starts nothing", async () => {
    const refused = await startRefused({
      home: makeHome(),
      env: { HOPLINE_INGEST_PORT: "port", HOPLINE_RETENTION: "ninety", HOPLINE_DISK_LIMIT: "much" },
    });
    expect(refused.code).toBe(1);
    for (const name of ["HOPLINE_INGEST_PORT", "HOPLINE_RETENTION", "HOPLINE_DISK_LIMIT"])
      expect(refused.said).toContain(name);
  });

  test("says which port is taken", async () => {
    const worker = await start(makeHome());
    const refused = await startRefused({ home: makeHome(), env: { HOPLINE_INGEST_PORT: new URL(worker.url).port } });
    expect([refused.code, refused.said]).toEqual([1, expect.stringContaining("HOPLINE_INGEST_PORT")]);
  });

  // damages a file of the embedded store
  test.skipIf(isInCluster())("refuses a damaged store with one sentence that names the file", async () => {
    const home = makeHome();
    const worker = await start(home);
    await worker.post("/v1/hops", hop("1"));
    await worker.stop();
    const state = join(home, "events", "state.db");
    writeFileSync(state, Buffer.concat([Buffer.from("not a database"), readFileSync(state).subarray(14)]));
    const refused = await startRefused({ home });
    expect(refused.code).toBe(1);
    expect(refused.said).toContain("state.db");
    expect(refused.said).not.toContain("    at ");
  });

  // files of the embedded store; indices of a newer Hopline are refused in test/lib/storage/elasticsearch
  test.skipIf(isInCluster()).each([["events/state.db"], ["control.db"]])(
    "refuses %s of a newer Hopline and leaves it as it is",
    async (name) => {
      const home = makeHome();
      await (await start(home)).stop();
      const file = join(home, name);
      const database = openReader(file);
      database.exec("PRAGMA user_version = 999");
      database.close();
      const refused = await startRefused({ home });
      expect(refused.code).toBe(1);
      expect(refused.said).toMatch(/newer/i);
      expect(openReader(file).prepare("PRAGMA user_version").get()).toEqual({ user_version: 999 });
    },
  );

  test("answers what it has taken before it stops, and keeps it", async () => {
    const home = makeHome();
    const worker = await start(home);
    const batches = Array.from({ length: 20 }, (_, at) =>
      worker.sendHops(Array.from({ length: 200 }, (_each, number) => hop(`${at}-${number}`))).catch(() => null),
    );
    await batches[0];
    expect(await worker.stop()).toBe(0);
    const answered = (await Promise.all(batches)).reduce((sum, answer) => sum + (answer?.accepted ?? 0), 0);
    expect(worker.lines.at(-1)).toMatchObject({ msg: "stopped" });
    const again = await start(home);
    const metrics = await (await fetch(`${again.url}/metrics`)).text();
    const kept = Number(/^hopline_events_kept (\d+)$/m.exec(metrics)?.[1]);
    // A request that was on its way when the worker went may be kept although its answer was lost; never the other way round.
    expect(kept).toBeGreaterThanOrEqual(answered);
  });
});
