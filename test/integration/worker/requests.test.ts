import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newTokenSecret } from "#lib/access/token-secret.ts";
import { openControl, openEvents } from "#lib/storage/open.ts";
import type { Request } from "#lib/storage/requests.ts";
import type { ControlStorage } from "#lib/storage/storage.ts";
import { toFlowId } from "#lib/id/id.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { removeHome, startTestWorker, type TestWorker } from "#test/support/worker.ts";
import { isInCluster, placeOf } from "#test/support/store-place.ts";

let worker: TestWorker;
let control: ControlStorage;

beforeAll(async () => {
  worker = await startTestWorker({
    flows: { "orders.yaml": "flow: orders\nrecord: { primary: order_no }\nsteps: [{ id: placed, system: oms }]\n" },
  });
  control = await openControl(placeOf(worker.home), { mode: "command", now: Date.now });
});
afterAll(async () => {
  await control.close();
  await worker.stop();
  removeHome(worker.home);
});

const ask = async (kind: Request["kind"], input: Request["input"]): Promise<Pick<Request, "state" | "output">> => {
  const { id } = await control.requests.add({ kind, input, by: "test", createdAt: Date.now() });
  return await waitFor(`the answer to ${kind}`, async () => {
    const request = await control.requests.find(id);
    return request !== null && (request.state === "done" || request.state === "failed") && request;
  });
};
const deadLetters = async () => {
  const storage = await openEvents(placeOf(worker.home), { mode: "reader", now: Date.now });
  try {
    return (await storage.deadLetters.list({ cursor: null, limit: 100 })).items;
  } finally {
    await storage.close();
  }
};

describe("what other processes ask of the worker", () => {
  test("dead letters are kept with their reason, masked, and go through the door again when asked", async () => {
    const soon = Date.now() + 86_400_000 + 1_500;
    await worker.post("/v1/hops", [
      { id: "d-1", step: "placed", time: soon, keys: { order_no: "D-1" }, payload: "call 13800138000 or a@b.example" },
      { id: "d-2", step: "placed", keys: { order_no: "D-2" } },
    ]);
    await worker.post("/v1/hops", '{"id":"d-3",', { "content-type": "application/x-ndjson" });
    const letters = await waitFor("all three letters", async () => {
      const found = await deadLetters();
      return found.length === 3 && found;
    });
    expect(letters.map(({ reason, path }) => ({ reason, path })).toReversed()).toEqual([
      { reason: "time_out_of_range", path: "/time" },
      { reason: "missing_time", path: "/time" },
      { reason: "invalid_json", path: "" },
    ]);
    expect(letters.at(-1)?.text).not.toContain("13800138000");
    expect(letters.at(-1)?.text).not.toContain("a@b.example");
    await waitFor("the time to come within a day", () => Date.now() + 86_400_000 > soon);
    expect(await ask("redrive", { ids: [] })).toMatchObject({
      state: "done",
      output: { accepted: 1, duplicates: 0, rejected: 2, cut: 0 },
    });
    const after = await deadLetters();
    expect(after).toHaveLength(3);
    expect(after.filter((letter) => letter.redrivenAt !== null).map((letter) => letter.reason)).toEqual([
      "time_out_of_range",
    ]);
    expect(await ask("redrive", { reason: "missing_time" })).toMatchObject({ output: { accepted: 0, rejected: 1 } });
    expect(await ask("redrive", { ids: ["999"] })).toMatchObject({
      state: "failed",
      output: { error: expect.stringContaining("999") as unknown },
    });
    expect(await ask("redrive", { reason: "nonsense" })).toMatchObject({ state: "failed" });
  });

  // copies files; of a cluster its snapshots are the backup, and the request is refused with a sentence that says so
  test.skipIf(isInCluster())("a backup taken while events come opens as a home of its own", async () => {
    const directory = mkdtempSync(join(tmpdir(), "hopline-backup-"));
    try {
      const time = Date.now();
      const events = (from: number) =>
        Array.from({ length: 500 }, (_, at) => ({
          id: `b-${from + at}`,
          step: "placed",
          time,
          keys: { order_no: `B-${from + at}` },
        }));
      await worker.sendHops(events(0));
      const [answer] = await Promise.all([
        ask("backup", { directory: join(directory, "copy") }),
        worker.sendHops(events(500)),
        worker.sendHops(events(1_000)),
      ]);
      expect(answer).toMatchObject({ state: "done", output: { sizeBytes: expect.any(Number) as unknown } });
      const copy = await startTestWorker({ home: join(directory, "copy") });
      try {
        expect(await (await fetch(`${copy.url}/readyz`)).json()).toMatchObject({
          status: "ready",
          flows: [{ flow: "orders" }],
        });
        expect(await copy.sendHops(events(0))).toMatchObject({ accepted: 0, duplicates: 500 });
      } finally {
        await copy.stop();
      }
      expect(await ask("backup", { directory })).toMatchObject({
        state: "failed",
        output: { error: expect.stringContaining("not empty") as unknown },
      });
      expect(await ask("backup", {})).toMatchObject({ state: "failed" });
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });

  test("a flow is judged again, files are read again", async () => {
    await worker.sendHops([{ step: "placed", time: Date.now(), keys: { order_no: "R-1" } }]);
    const answer = await ask("rejudge", { flow: toFlowId("orders") });
    expect(answer.state).toBe("done");
    expect(answer.output?.["journeys"]).toBeGreaterThanOrEqual(1);
    expect(await ask("rejudge", { flow: "nowhere" })).toMatchObject({
      state: "failed",
      output: { error: expect.stringContaining("nowhere") as unknown },
    });
    expect(await ask("reload_flows", {})).toMatchObject({ state: "done", output: { flows: 1, problems: 0 } });
  });

  test("a letter goes in as no more than its token may say, however it was rejected", async () => {
    const { secret, hash } = newTokenSecret();
    await control.access.createToken(
      {
        name: "oms only",
        scopes: ["ingest"],
        role: "engineer",
        sources: [],
        systems: ["oms"],
        createdAt: Date.now(),
        expiresAt: null,
        secretHash: hash,
      },
      "test",
    );
    const soon = Date.now() + 86_400_000 + 1_500;
    await worker.post(
      "/v1/hops",
      [
        { id: "t-1", system: "oms", time: soon, keys: { order_no: "T-1" } },
        { id: "t-2", system: "finance", time: soon, keys: { order_no: "T-2" } },
      ],
      { authorization: `Bearer ${secret}` },
    );
    await waitFor("the time to come within a day", () => Date.now() + 86_400_000 > soon);
    expect(await ask("redrive", { reason: "time_out_of_range" })).toMatchObject({
      output: { accepted: 1, rejected: 1 },
    });
    const open = (await deadLetters()).filter((letter) => letter.redrivenAt === null);
    expect(open.map(({ text }) => text).join()).toContain("T-2");
  });
});
