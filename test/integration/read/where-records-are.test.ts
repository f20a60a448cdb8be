import { afterAll, beforeAll, expect, it } from "vitest";
import { journeysQuery } from "#lib/api/journeys-schema.ts";
import { parseQuery } from "#lib/api/query.ts";
import { listJourneyLines } from "#lib/read/list-journey-lines.ts";
import { readFlowFigures } from "#lib/read/read-flow-figures.ts";
import type { JourneyLine } from "#lib/search/journey-list.ts";
import type { Language } from "#lib/time-text/duration-text.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { flows } from "./flows.ts";
import { startRecordWorld, type RecordWorld } from "./record-world.ts";

let world: RecordWorld;
let t: number;

const lines = async (language: Language): Promise<ReadonlyMap<string, JourneyLine>> => {
  const query = parseQuery(journeysQuery, new URLSearchParams({ state: "in_progress" }));
  const { lines: found } = await listJourneyLines(world.stores, query, world.context(), language);
  return new Map(found.map((line) => [line.primary, line]));
};

beforeAll(async () => {
  world = await startRecordWorld(flows);
  t = Date.now() - 60_000;
  const keys = { order_no: "SO-1" };
  await world.send(
    { id: "1", source: "oms", step: "placed", time: t, keys },
    { id: "2", source: "pay", step: "paid", time: t + 1_000, keys },
    { id: "3", source: "finance-importer", step: "posted", time: t + 2_000, keys, payload: { tax_no: "9131" } },
    { id: "4", source: "shop", step: "asked", time: t, keys: { return_no: "R-1" } },
  );
  await waitFor("both on their way", async () => (await lines("en")).size === 2);
}, 60_000);
afterAll(async () => world.close());

it("tells of records on their way what they reached last and what is due next", async () => {
  expect((await lines("en")).get("SO-1")).toMatchObject({ fromName: "Finance", stepName: "logistics (shipped)" });
  expect((await lines("zh")).get("SO-1")).toMatchObject({ fromName: "财务" });
  // no hop yet: what is due next says where it comes from
  expect((await lines("en")).get("R-1")).toMatchObject({ fromName: "shop", stepName: "bank" });
});

it("names the systems of a flow's steps by their titles, and only where the step's name does not", async () => {
  const figures = await readFlowFigures(
    world.stores,
    "order-to-cash",
    { period: { from: t, to: t + 60_000 }, language: "zh", mayReadFiles: false },
    world.context(),
  );
  expect(figures.stops.map(({ name, place }) => [name, place]).slice(0, 3)).toEqual([
    ["订单中心", "oms"],
    ["支付", ""],
    ["财务", ""],
  ]);
});
