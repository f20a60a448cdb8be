import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { toFlowId } from "#lib/id/id.ts";
import { openEvents } from "#lib/storage/open.ts";
import type { EventStorage } from "#lib/storage/storage.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { removeHome, startTestWorker, type TestWorker } from "#test/support/worker.ts";
import { placeOf } from "#test/support/store-place.ts";

const flow = `
flow: orders
record: { primary: order_no, aliases: [payment_no, waybill_no] }
steps:
  - { id: placed, system: oms }
  - { id: paid, system: payment, after: placed, within: 15m }
  - { id: shipped, system: logistics, after: paid, within: 24h, per: waybill_no }
`;
const orders = toFlowId("orders");
const time = Date.now() - 60_000;
/** Each of them is an event of each of a thousand records. */
const parcelCount = Number(process.env["HOPLINE_TEST_PARCELS"] ?? 300);

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

const projected = (what: string) =>
  waitFor(what, async () =>
    /^hopline_projection_pending_events 0$/m.test(await (await fetch(`${worker.url}/metrics`)).text()),
  );
const rows = async (primaries: readonly string[]) =>
  storage.journeys.findMany(primaries.map((primary) => ({ flow: orders, primary })));
const countOf = async (primaries: readonly string[], eventsTotal: number) =>
  (await rows(primaries)).filter((row) => row.eventsTotal === eventsTotal).length;
const list = (prefix: string, count: number) => Array.from({ length: count }, (_, index) => `${prefix}-${index}`);

describe("events that wait for a link", () => {
  test("all join their records when thousands of links arrive at once", async () => {
    const numbers = list("A", 5_000);
    await worker.sendHops(
      numbers.flatMap((name) => [
        { id: `placed-${name}`, step: "placed", time, keys: { order_no: name } },
        { id: `paid-${name}`, step: "paid", time, keys: { payment_no: `P${name}` } },
      ]),
    );
    await projected("the payments to wait");
    // At no step: all they say is that two keys belong together.
    await worker.sendHops(
      numbers.map((name) => ({
        id: `linked-${name}`,
        step: "linked",
        time,
        keys: { order_no: name, payment_no: `P${name}` },
      })),
    );
    await waitFor("every order to have its payment", async () => (await countOf(numbers, 2)) === numbers.length);
  });
});

describe("a key of a thousand records", () => {
  const numbers = list("B", 1_000);

  test("brings every event that names it to each of them", async () => {
    await worker.sendHops([
      ...numbers.map((name) => ({ id: `placed-${name}`, step: "placed", time, keys: { order_no: name } })),
      { id: "paid-all", step: "paid", time, keys: { order_no: numbers, payment_no: "PB" } },
    ]);
    await waitFor("every order to be paid", async () => (await countOf(numbers, 2)) === numbers.length);
    const parcels = list("W", parcelCount).map((name) => ({
      id: `shipped-${name}`,
      step: "shipped",
      time,
      keys: { payment_no: "PB", waybill_no: name },
    }));
    await worker.sendHops(parcels);
    await waitFor(
      "every order to be shipped",
      async () => (await countOf(numbers, parcelCount + 2)) === numbers.length,
    );
    expect(new Set((await rows(numbers)).map(({ state }) => state))).toEqual(new Set(["completed"]));
  });

  test("takes its events away from all of them with one record more", async () => {
    await worker.sendHops([{ id: "one-more", step: "placed", time, keys: { order_no: "B-more", payment_no: "PB" } }]);
    await waitFor("the parcels to be nobody's", async () => (await countOf(numbers, 2)) === numbers.length);
  });
});
