import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { failuresQuery, journeysQuery, type ListedJourney } from "#lib/api/journeys-schema.ts";
import { parseQuery } from "#lib/api/query.ts";
import { toFlowId } from "#lib/id/id.ts";
import { countFailures } from "#lib/read/count-failures.ts";
import { listJourneys } from "#lib/read/list-journeys.ts";
import { lookUpRecords } from "#lib/read/look-up-records.ts";
import { readOverview } from "#lib/read/read-overview.ts";
import { resolveSignature, rowSignature } from "#lib/read/record-signature.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { flows } from "./flows.ts";
import { onlyJourney, startRecordWorld, type RecordWorld } from "./record-world.ts";

const flow = toFlowId("order-to-cash");
const failing = ["SO-0", "SO-1", "SO-2", "SO-3"];
let world: RecordWorld;
let t: number;

const list = async (
  query: Record<string, string>,
): Promise<{ items: readonly ListedJourney[]; next: string | null }> => {
  await world.refresh();
  return await listJourneys(world.stores, parseQuery(journeysQuery, new URLSearchParams(query)), world.context());
};
const names = async (query: Record<string, string>) => (await list(query)).items.map(({ primary }) => primary);
const failures = async () =>
  countFailures(world.stores, parseQuery(failuresQuery, new URLSearchParams({ group: "step" })), world.context());

/** Four orders that finance rejected alike. */
beforeAll(async () => {
  world = await startRecordWorld(flows);
  t = Date.now() - 120_000;
  await world.send(
    ...failing.flatMap((order, index) => {
      const keys = { order_no: order };
      const error = { class: "timeout", message: "no answer in 30 s" };
      return [
        { id: `p-${index}`, source: "oms", step: "placed", time: t + index * 1000, keys },
        {
          id: `f-${index}`,
          source: "finance-importer",
          step: "posted",
          time: t + index * 1000 + 500,
          outcome: "failed",
          keys,
          error,
        },
      ];
    }),
  );
  await waitFor("all judged", async () => (await names({ state: "failed" })).length === 4);
  await world.stores.closings.close({ flow, primary: "SO-0", at: t + 60_000, by: "li", reason: "Refunded by phone" });
  await world.stores.closings.close({ flow, primary: "SO-2", at: t + 61_000, by: "wang", reason: "Entered by hand" });
  await waitFor("both", async () => (await names({})).length === 2);
}, 60_000);
beforeEach(async () => world.refresh());
afterAll(async () => world.close());

it("lists closed journeys in their own place only, with who closed them and why", async () => {
  expect(await names({ state: "failed" })).toEqual(["SO-3", "SO-1"]);
  expect(await names({})).toEqual(["SO-3", "SO-1"]);
  expect(await names({ q: "so2" })).toEqual([]);
  expect(await names({ closed: "true", q: "so2" })).toEqual(["SO-2"]);
  expect(await names({ closed: "true", state: "overdue" })).toEqual([]);
  const first = await list({ closed: "true", limit: "1" });
  expect(first.items).toMatchObject([{ primary: "SO-2", state: "failed", closed: { by: "wang" } }]);
  const rest = await list({ closed: "true", limit: "1", cursor: first.next ?? "" });
  expect(rest).toMatchObject({
    items: [{ primary: "SO-0", closed: { by: "li", reason: "Refunded by phone" } }],
    next: null,
  });
});

it("finds closed journeys by the beginning or end of any of their keys, as open ones", async () => {
  for (const [primary, payment] of [
    ["SO-0", "PAY-2026-7"],
    ["SO-1", "PAY-2026-8"],
  ]) {
    await world.send({
      id: `a-${primary}`,
      source: "payment",
      step: "paid",
      time: t + 2_000,
      keys: { order_no: primary, payment_no: payment },
    });
  }
  await waitFor("the alias", async () => (await names({ q: "2026-8" })).includes("SO-1"));
  expect(await names({ closed: "true", q: "pay 2026" })).toEqual(["SO-0"]);
  expect(await names({ closed: "true", q: "2026-7" })).toEqual(["SO-0"]);
  expect(await names({ closed: "true", q: "2026-8" })).toEqual([]);
  expect(await names({ closed: "true", q: "6-7" })).toEqual([]);
});

it("counts them in no failure, no cause and no alike group", async () => {
  expect((await failures()).groups).toMatchObject([{ count: 2, samples: [{ primary: "SO-3" }, { primary: "SO-1" }] }]);
  const { causes, totals } = await readOverview(world.stores, world.context(), "en");
  expect(causes).toMatchObject([{ count: 2, firstAt: t + 1500 }]);
  expect(totals.failed).toBe(2);
  const open = onlyJourney(await world.until("order_no", "SO-1", () => true));
  expect(open.verdict.alike).toMatchObject({ count: 2, since: new Date(t + 1500).toISOString() });
  expect(open).not.toHaveProperty("closed");
});

it("keeps a closed journey's verdict as evidence, beside who closed it", async () => {
  const closed = onlyJourney(await world.until("order_no", "SO-0", () => true));
  expect(closed).toMatchObject({
    state: "failed",
    closed: { at: new Date(t + 60_000).toISOString(), by: "li", reason: "Refunded by phone" },
    verdict: { reason: "timeout", alike: { count: 2 } },
  });
  expect(closed.verdict.summary.en).toContain("2 others fail the same way");
  const { items } = await lookUpRecords(world.stores, ["SO-0"], world.context(), async () => undefined);
  expect(items[0]?.journeys).toMatchObject([{ state: "failed", closed: { by: "li" } }]);
});

it("shows whoever follows the record that it was closed, opened again or noted on", async () => {
  const { journeys } = await resolveSignature(
    world.stores,
    { type: "order_no", value: "SO-3", searchable: false },
    world.context(),
  );
  const look = async () => rowSignature(world.stores, journeys);
  const seen = [await look()];
  await world.stores.closings.close({ flow, primary: "SO-3", at: t, by: "li", reason: "x" });
  seen.push(await look());
  await world.stores.closings.reopen({ flow, primary: "SO-3" }, t, "li");
  await world.stores.notes.add({ flow, primary: "SO-3", at: t, author: "u1", by: "li", text: "Called" });
  seen.push(await look());
  expect(new Set(seen).size).toBe(3);
});

it("lists a closed journey as completed once what was missing came", async () => {
  const keys = { order_no: "SO-2" };
  await world.send(
    { id: "ok-2", source: "finance-importer", step: "posted", time: t + 90_000, keys },
    { id: "s-2", source: "logistics", step: "shipped", time: t + 91_000, keys },
    { id: "h-2", source: "logistics", step: "handed", time: t + 92_000, keys },
  );
  await waitFor("healed", async () => (await names({ state: "completed_late" })).includes("SO-2"));
  expect(await names({ closed: "true" })).toEqual(["SO-0"]);
});
