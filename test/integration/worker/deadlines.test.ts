import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { toFlowId } from "#lib/id/id.ts";
import { openEvents } from "#lib/storage/open.ts";
import type { EventStorage } from "#lib/storage/storage.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { removeHome, startTestWorker, type TestWorker } from "#test/support/worker.ts";
import { placeOf } from "#test/support/store-place.ts";

const flow = `
flow: orders
record: { primary: order_no }
steps:
  - { id: placed, system: oms }
  - { id: paid, system: payment, after: placed, within: 1s }
  - { id: posted, system: finance, after: paid, within: 4s, sources: [finance-importer, ledger] }
`;

let worker: TestWorker;
let storage: EventStorage;

beforeAll(async () => {
  worker = await startTestWorker({ flows: { "orders.yaml": flow } });
  storage = await openEvents(placeOf(worker.home), { mode: "reader", now: Date.now });
});
afterAll(async () => {
  await storage.close();
  await worker.stop();
  removeHome(worker.home);
});

const rowOf = (primary: string) => storage.journeys.find(toFlowId("orders"), primary);
const reached = (primary: string, state: string) =>
  waitFor(`${primary} to be ${state}`, async () => (await rowOf(primary))?.state === state);
const beat = (source: string, time = Date.now()) => worker.post("/v1/heartbeats", { source, time });

describe("deadlines", () => {
  test("a journey becomes unknown when its deadline passes unseen, overdue when all eyes have passed it, and heals", async () => {
    const at = Date.now();
    await worker.sendHops([
      { step: "placed", time: at, keys: { order_no: "A" } },
      { step: "paid", time: at, keys: { order_no: "A" } },
    ]);
    await reached("A", "in_progress");
    await reached("A", "unknown");
    expect(await rowOf("A")).toMatchObject({ step: "posted", reason: "source_silent", dueAt: at + 4_000 });
    await beat("finance-importer");
    await beat("ledger", at);
    expect((await rowOf("A"))?.state).toBe("unknown");
    await beat("ledger");
    await reached("A", "overdue");
    expect(await rowOf("A")).toMatchObject({ reason: "not_seen" });
    await worker.sendHops([{ step: "posted", time: at + 4_500, keys: { order_no: "A" } }]);
    await reached("A", "completed_late");
  });

  test("a step that nobody ever reported is unknown until somebody does", async () => {
    const at = Date.now() - 5_000;
    await worker.sendHops([{ step: "placed", time: at, keys: { order_no: "B" }, source: "oms-b" }]);
    const row = await waitFor("a judgement of B", async () => await rowOf("B"));
    expect(["unknown", "overdue"]).toContain(row.state);
    await worker.sendHops([{ step: "paid", time: Date.now(), keys: { order_no: "C" }, source: "payment-b" }]);
    await reached("B", "overdue");
  });

  test("many journeys of one deadline are all noticed while requests go on", async () => {
    const at = Date.now();
    const count = 4_000;
    const events = Array.from({ length: count }, (_, number) => [
      { step: "placed", time: at, keys: { order_no: `M-${number}` } },
      { step: "paid", time: at, keys: { order_no: `M-${number}` } },
    ]).flat();
    expect(await worker.sendHops(events)).toMatchObject({ accepted: 2 * count });
    await waitFor(
      "all deadlines to be noticed",
      async () => {
        const counts = (await storage.journeys.countByState([toFlowId("orders")])).get(toFlowId("orders"));
        return (counts?.unknown ?? 0) >= count && (counts?.in_progress ?? 0) === 0;
      },
      { timeoutMs: 60_000 },
    );
    await beat("finance-importer");
    await beat("ledger");
    await waitFor(
      "all to be overdue",
      async () =>
        ((await storage.journeys.countByState([toFlowId("orders")])).get(toFlowId("orders"))?.overdue ?? 0) >= count,
      { timeoutMs: 60_000 },
    );
  });
});
