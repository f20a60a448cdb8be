import { readdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { toFlowId } from "#lib/id/id.ts";
import { findRecord } from "#lib/read/find-record.ts";
import { readOverview } from "#lib/read/read-overview.ts";
import { sampleSetting } from "#lib/sample/sample-state.ts";
import { openControl } from "#lib/storage/open.ts";
import type { Request } from "#lib/storage/requests.ts";
import type { ControlStorage } from "#lib/storage/storage.ts";
import { openClusterView } from "#test/support/cluster-view.ts";
import { openReading, type Reading } from "#test/support/read-stores.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { removeHome, startTestWorker, type TestWorker } from "#test/support/worker.ts";
import { placeOf } from "#test/support/store-place.ts";

const flow = `flow: orders
record: { primary: order_no, aliases: [payment_no], searchable: [customer_phone] }
steps: [{ id: placed, system: oms }, { id: posted, system: finance, after: placed, within: 5s }]
`;

let worker: TestWorker;
let control: ControlStorage;
let reading: Reading;

beforeAll(async () => {
  worker = await startTestWorker({ flows: { "orders.yaml": flow } });
  control = await openControl(placeOf(worker.home), { mode: "command", now: Date.now });
  reading = await openReading(worker.home);
});
afterAll(async () => {
  await reading.close();
  await control.close();
  await worker.stop();
  removeHome(worker.home);
});

const ask = async (kind: Request["kind"]): Promise<Request> => {
  const { id } = await control.requests.add({ kind, input: {}, by: "ada", createdAt: Date.now() });
  return await waitFor(`the answer to ${kind}`, async () => {
    const request = await control.requests.find(id);
    return request !== null && (request.state === "done" || request.state === "failed") && request;
  });
};

const placed = (order: string, more: object = {}) => ({
  id: `oms-${order}`,
  flow: "orders",
  step: "placed",
  system: "oms",
  time: Date.now() - 60_000,
  keys: { order_no: order, payment_no: `P-${order}` },
  ...more,
});

const find = async (value: string) =>
  await findRecord(reading.stores, { type: "_", value, searchable: false }, reading.context());

/** Everything that the read side tells of what is real. */
const real = async () => {
  const { journeys, unmatched } = (await find("SO-1")) ?? { journeys: [], unmatched: [] };
  return {
    journeys: journeys.map(({ primary, state, eventsTotal, links }) => ({ primary, state, eventsTotal, links })),
    unmatched,
    keys: await reading.stores.keySearch.list("so-1", 10),
  };
};

/** Tables or indices of the event store in which some row or document holds the text; names of flows and their steps aside. */
const tablesWith = async (text: string): Promise<readonly string[]> => {
  const view = openClusterView(worker.home);
  if (view !== null) {
    const holding = await view.indicesWith(text);
    await view.close();
    return holding.filter((index) => !/^(?:control|audit)-/u.test(index));
  }
  const folder = join(worker.home, "events");
  return readdirSync(folder).flatMap((name) => {
    if (!name.endsWith(".db")) return [];
    const file = new DatabaseSync(join(folder, name), { readOnly: true });
    try {
      const tables = file.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
      return tables
        .map((table) => String(table["name"]))
        .filter((table) => JSON.stringify(file.prepare(`SELECT * FROM ${table}`).all()).includes(text))
        .map((table) => `${name} ${table}`);
    } finally {
      file.close();
    }
  });
};

const sampleFlow = toFlowId("sample-order-to-cash");

describe("the sample company", () => {
  test("is loaded beside real records, and goes again without a trace of it and without touching them", async () => {
    await worker.sendHops([placed("SO-1"), placed("SO-2")]);
    await waitFor("the real records", async () => (await find("SO-2")) !== null);
    const before = await real();
    const eventsBefore = await reading.stores.events.countAll();

    expect(await ask("load_sample")).toMatchObject({
      state: "done",
      output: { journeys: expect.any(Number) as unknown },
    });
    await worker.sendHops([placed("SO-3")]);
    await waitFor("the record sent after the sample", async () => (await find("SO-3")) !== null);
    const counts = (await reading.stores.journeys.countByState([sampleFlow])).get(sampleFlow);
    expect(counts?.completed).toBeGreaterThan(10);
    expect(counts?.overdue).toBeGreaterThan(2);
    const overview = await readOverview(reading.stores, reading.context(), "en");
    expect(overview.flows.map((each) => each.flow)).toContain("sample-order-to-cash");
    const [found] = await reading.stores.keySearch.list("samplewb", 1);
    expect((await find(found?.value ?? ""))?.journeys).toHaveLength(1);
    expect(await ask("load_sample")).toMatchObject({ state: "done", output: { journeys: 0, events: 0 } });

    expect(await ask("remove_sample")).toMatchObject({ state: "done" });
    expect(await control.definitions.findSetting(sampleSetting)).toBeNull();
    await waitFor("readers to see it gone", async () => (await reading.stores.events.countAll()) === eventsBefore + 1);
    expect(await find(found?.value ?? "")).toBeNull();
    expect(await reading.stores.keySearch.list("sample", 10)).toEqual([]);
    const left = (await reading.stores.journeys.countByState([sampleFlow])).get(sampleFlow);
    expect(Object.values(left ?? {}).filter((count) => count > 0)).toEqual([]);
    expect((await reading.stores.journeys.list({ flows: [sampleFlow] }, { cursor: null, limit: 10 })).items).toEqual(
      [],
    );
    expect(await reading.stores.units.scan(sampleFlow, null, 10)).toEqual([]);
    expect((await reading.stores.sources.list()).map(({ source }) => source)).toEqual(["oms"]);
    expect((await control.definitions.listVersions()).map((version) => version.flow)).toEqual(["orders"]);
    const everything = await reading.stores.events.scan(null, 10_000);
    expect(everything.map(({ event }) => event.id)).toEqual(["oms-SO-1", "oms-SO-2", "oms-SO-3"]);
    expect(await reading.stores.events.listFailed({ flows: [sampleFlow], from: 0, to: Date.now() }, 10)).toEqual([]);
    await worker.stop();
    expect(await tablesWith("SAMPLE-")).toEqual([]);
    expect(await tablesWith("sample-oms")).toEqual([]);
    worker = await startTestWorker({ home: worker.home });
    expect(await real()).toEqual(before);
  });

  test("can be loaded again after it was removed", async () => {
    const { output } = await ask("load_sample");
    expect(Number(output?.["events"])).toBeGreaterThan(300);
    await waitFor(
      "the sample's journeys",
      async () => ((await reading.stores.journeys.countByState([sampleFlow])).get(sampleFlow)?.completed ?? 0) > 10,
    );
    await worker.stop();
    worker = await startTestWorker({ home: worker.home });
    expect(await ask("remove_sample")).toMatchObject({ state: "done" });
    await waitFor("readers to see it gone", async () => (await reading.stores.events.countAll()) === 3);
  });
});
