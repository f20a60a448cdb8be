import { beforeAll, describe, expect, test } from "vitest";
import { createSweep, type Swept } from "#ingest/projection/sweep.ts";
import { createWorld } from "#ingest/collector/world.ts";
import { toKeyType, toSourceId, toStepId, toSystemId } from "#lib/id/id.ts";
import { linkId, linkSchema } from "#lib/storage/elasticsearch/link-document.ts";
import { journeyIdOf, journeySchema } from "#lib/storage/elasticsearch/journey-document.ts";
import { unitDocumentId, unitSchema } from "#lib/storage/elasticsearch/unit-document.ts";
import type { IndexSchema } from "#lib/storage/elasticsearch/index-schema.ts";
import { makeEvent } from "#test/conformance/events/make.ts";
import { everything, now, sorted } from "#test/ingest/projection/histories.ts";
import { recompute } from "#test/ingest/projection/plain-recomputation.ts";
import { type SharedWorker, startWorker } from "#test/ingest/projection/shared-worker.ts";
import { setUpTestCluster } from "#test/support/test-cluster.ts";

const bed = setUpTestCluster();
const [orderNo, paymentNo, waybillNo] = [toKeyType("order_no"), toKeyType("payment_no"), toKeyType("waybill_no")];
const flow = everything.active[0];

/** Four an order: only the first names it; the others by a payment, and by a waybill beside the payment. */
const eventsOf = (order: number) =>
  (
    [
      ["placed", "oms", { [orderNo]: [`SO-${order}`], [paymentNo]: [`P-${order}`] }],
      ["paid", "payment", { [paymentNo]: [`P-${order}`] }],
      ["shipped", "logistics", { [paymentNo]: [`P-${order}`], [waybillNo]: [`W-${order}`] }],
      ["posted", "finance", { [waybillNo]: [`W-${order}`] }],
    ] as const
  ).map(([step, system, keys]) =>
    makeEvent(`${order}-${step}`, {
      source: toSourceId(system),
      step: toStepId(step),
      system: toSystemId(system),
      eventTime: now - 3_000_000,
      ingestedAt: now - 60_000,
      keys,
    }),
  );

/** One store for all tests: each leaves it as whole as it found it. */
let worker: SharedWorker;
let sent = 0;
const send = async (order: number): Promise<void> => {
  await worker.accept(eventsOf(order));
  sent += 4;
};
beforeAll(async () => {
  worker = await startWorker(bed.cluster, everything, () => now);
  for (const order of [1, 2, 3]) await send(order);
  // So many keys are linked through the event.
  const many = Array.from({ length: 12 }, (_, at) => `P-many-${at}`);
  const [placed = expect.fail()] = eventsOf(9);
  await worker.accept([{ ...placed, keys: { [orderNo]: ["SO-9"], [paymentNo]: many } }]);
  sent += 1;
  await worker.projectAll();
});

/** One that has looked at nothing yet. */
const startSweep = (): (() => Promise<Swept>) => {
  const { storage, projector } = worker;
  const world = createWorld(everything);
  return createSweep({
    storage,
    projector,
    world: () => world,
    now: () => now,
    inTurn: (work) => work(),
    rest: async () => undefined,
  });
};
const expectMended = async (): Promise<void> => {
  expect((await startSweep()()).mended).toBeGreaterThan(0);
  await expectWhole();
  expect(await startSweep()()).toEqual({ events: sent, mended: 0, passedOver: 0 });
};

const remove = async (schema: Pick<IndexSchema, "name" | "version" | "span">, id: string): Promise<void> => {
  const [outcome] = await bed.cluster.write([{ kind: "delete", index: bed.cluster.indexOf(schema), id }]);
  expect(outcome?.status).toBe("done");
};
const expectWhole = async (): Promise<void> => {
  await bed.cluster.refresh(`${bed.settings.prefix}-*`);
  const events = (await worker.storage.events.scan(null, 1_000)).map(({ event }) => event);
  const { items } = await worker.storage.journeys.list({ flows: everything.active }, { cursor: null, limit: 500 });
  expect(sorted(items)).toEqual(sorted(await recompute(events, everything, now)));
};
const unitOf = async (primary: boolean, value: string) => {
  const units = await worker.storage.units.scan(flow ?? expect.fail(), null, 100);
  const unit = units.find(({ isPrimary, keys }) => isPrimary === primary && keys.some((key) => key.value === value));
  return unit ?? expect.fail(`no unit of ${value}`);
};

describe("the sweep", () => {
  test("finds nothing where everything is there, and looks at nothing twice", async () => {
    const sweep = startSweep();
    expect(await sweep()).toEqual({ events: 13, mended: 0, passedOver: 0 });
    expect(await sweep()).toEqual({ events: 0, mended: 0, passedOver: 0 });
    await send(4);
    expect(await sweep()).toMatchObject({ events: 0 });
    await worker.projectAll();
    expect(await sweep()).toEqual({ events: 4, mended: 0, passedOver: 0 });
    await expectWhole();
  });

  test.each([
    ["the link from an order to its payment", linkSchema, () => linkId({ type: orderNo, value: "SO-2" }, paymentNo)],
    ["the link from a payment to its order", linkSchema, () => linkId({ type: paymentNo, value: "P-2" }, orderNo)],
    ["the link from a waybill to its payment", linkSchema, () => linkId({ type: waybillNo, value: "W-2" }, paymentNo)],
    ["the unit of an order", unitSchema, async () => unitDocumentId((await unitOf(true, "SO-2")).id)],
    ["the unit of a payment", unitSchema, async () => unitDocumentId((await unitOf(false, "P-2")).id)],
    ["a journey", journeySchema, () => journeyIdOf(flow ?? expect.fail(), "SO-2")],
  ])("mends %s that is not there", async (_, schema, idOf) => {
    await remove(schema, await idOf());
    await expectMended();
  });

  test("judges a journey again that was judged without an event that leads to it", async () => {
    const { id } = await unitOf(false, "P-2");
    const over = (await worker.storage.units.load([id])).get(id) ?? expect.fail();
    const { leadsTo: _, ...unit } = over;
    const lesson = { units: [{ unit, over }], links: [], keys: [], again: false };
    expect((await worker.storage.projection.shared?.learn(lesson))?.conflicts.size).toBe(0);
    await expectMended();
    expect((await unitOf(false, "P-2")).leadsTo?.primaries).toEqual(["SO-2"]);
  });
});
