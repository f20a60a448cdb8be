import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { deadLettersQuery } from "#lib/api/intake-schema.ts";
import { failuresQuery, journeysQuery, type ListedJourney } from "#lib/api/journeys-schema.ts";
import { latencyQuery } from "#lib/api/flows-schema.ts";
import { parseQuery } from "#lib/api/query.ts";
import type { Role } from "#lib/access/role.ts";
import { countFailures } from "#lib/read/count-failures.ts";
import { listDeadLetters } from "#lib/read/list-dead-letters.ts";
import { listJourneys } from "#lib/read/list-journeys.ts";
import { listSources } from "#lib/read/list-sources.ts";
import { lookUpRecords } from "#lib/read/look-up-records.ts";
import { listFlows, readFlow } from "#lib/read/read-flow.ts";
import { readFailures } from "#lib/read/read-failures.ts";
import { readLatency } from "#lib/read/read-latency.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { flows } from "./flows.ts";
import { startRecordWorld, type RecordWorld } from "./record-world.ts";

let world: RecordWorld;
let t: number;
const iso = (ms: number): string => new Date(ms).toISOString();
const failed = (order: string, at: number, error: object) => ({
  id: `f-${order}`,
  source: "finance-importer",
  step: "posted",
  point: "kafka:invoices",
  time: at,
  outcome: "failed",
  keys: { order_no: order },
  error,
});
const journeys = async (query: Record<string, string>, role?: Role) => {
  await world.refresh();
  return await listJourneys(world.stores, parseQuery(journeysQuery, new URLSearchParams(query)), world.context(role));
};
const failures = async (query: Record<string, string>, role?: Role) =>
  countFailures(world.stores, parseQuery(failuresQuery, new URLSearchParams(query)), world.context(role));
const primaries = ({ items }: { readonly items: readonly ListedJourney[] }) => items.map(({ primary }) => primary);

/** Ten orders a second apart, the even ones failed at finance, two salaries, and something to reject. */
beforeAll(async () => {
  world = await startRecordWorld(flows);
  t = Date.now() - 120_000;
  const orders = Array.from({ length: 10 }, (_, index) => index);
  await world.send(
    ...orders.flatMap((index) => {
      const keys = { order_no: `SO-${index}` };
      const started = { id: `p-${index}`, source: "oms", step: "placed", time: t + index * 1000, keys };
      const paid = { id: `y-${index}`, source: "pay", step: "paid", time: t + index * 1000 + 100 * (index + 1), keys };
      const error =
        index < 4
          ? { class: "bad_format", field: "tax_no", message: `tax number ${index} is wrong` }
          : { class: "timeout", message: "no answer in 30 s" };
      return index % 2 === 0 ? [started, paid, failed(`SO-${index}`, t + index * 1000 + 4000, error)] : [started, paid];
    }),
    { id: "sal", source: "hrm", flow: "salaries", step: "computed", time: t, keys: { slip_no: "SLIP-1" } },
  );
  await world.beat("salary-bank", Date.now());
  await world.worker.post("/v1/hops", [
    { time: t, keys: { order_no: "SO-X" } },
    { step: "placed", time: t, source: "oms" },
  ]);
  await waitFor("all journeys judged", async () => {
    const { items } = await journeys({});
    const count = (state: string): number => items.filter((item) => item.state === state).length;
    return (
      items.length === 11 &&
      count("failed") === 5 &&
      items.some(({ primary, state }) => primary === "SLIP-1" && state === "overdue")
    );
  });
}, 60_000);
beforeEach(async () => world.refresh());
afterAll(async () => world.close());

describe("the list of journeys", () => {
  it("is newest start first, and tells of each what is wrong since when", async () => {
    const { items, next } = await journeys({ flow: "order-to-cash" });
    expect(items.map(({ primary }) => primary)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0].map((index) => `SO-${index}`));
    expect(next).toBeNull();
    expect(items[9]).toMatchObject({
      flow: "order-to-cash",
      state: "failed",
      reason: "bad_format",
      step: "posted",
      system: "finance",
      field: "tax_no",
      class: "bad_format",
      since: iso(t + 4000),
      startedAt: iso(t),
      eventsTotal: 3,
    });
  });

  it("is narrowed by every filter, alone and together", async () => {
    expect(primaries(await journeys({ state: "failed" }))).toEqual(["SO-8", "SO-6", "SO-4", "SO-2", "SO-0"]);
    expect(primaries(await journeys({ state: "failed,overdue", flow: "salaries" }))).toEqual(["SLIP-1"]);
    expect(primaries(await journeys({ reason: "timeout" }))).toEqual(["SO-8", "SO-6", "SO-4"]);
    expect(primaries(await journeys({ class: "bad_format", field: "tax_no" }))).toEqual(["SO-2", "SO-0"]);
    expect(primaries(await journeys({ system: "finance", step: "posted", state: "failed" }))).toHaveLength(5);
    expect(primaries(await journeys({ from: iso(t + 2000), to: iso(t + 4000), flow: "order-to-cash" }))).toEqual([
      "SO-3",
      "SO-2",
    ]);
    expect(primaries(await journeys({ q: "so7" }))).toEqual(["SO-7"]);
    expect(primaries(await journeys({ flow: "no-such-flow" }))).toEqual([]);
  });

  it("has each row on exactly one page while others arrive", async () => {
    const pages: string[] = [];
    let cursor: string | null = null;
    for (let page = 0; page < 20; page += 1) {
      const asked = { flow: "order-to-cash", to: iso(t + 10_000), limit: "3", ...(cursor !== null && { cursor }) };
      const answer = await journeys(asked);
      pages.push(...primaries(answer));
      cursor = answer.next;
      if (cursor === null) break;
      const keys = { order_no: `SO-new-${page}` };
      await world.send({ id: `new-${page}`, source: "oms", step: "placed", time: t - 1 - page, keys });
      await waitFor("the new row", async () => primaries(await journeys({ q: `sonew${page}` })).length === 1);
    }
    const old = pages.filter((primary) => !primary.startsWith("SO-new"));
    expect(old).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0].map((index) => `SO-${index}`));
    expect(new Set(pages).size).toBe(pages.length);
  });

  it("refuses a cursor of another question, and one that is none", async () => {
    const { next } = await journeys({ flow: "order-to-cash", limit: "2" });
    const cursor = next ?? "";
    expect((await journeys({ flow: "order-to-cash", limit: "5", cursor })).items).toHaveLength(5);
    await expect(journeys({ flow: "order-to-cash", state: "failed", cursor })).rejects.toMatchObject({
      code: "invalid_cursor",
    });
    for (const bad of ["x", "!!!", `${cursor}x`, btoa("[1,2]"), btoa('["[]","{}"]')]) {
      await expect(journeys({ cursor: bad })).rejects.toMatchObject({ code: "invalid_cursor" });
    }
  });

  it("leaves out what the role may not see", async () => {
    expect(primaries(await journeys({ flow: "salaries" }, "administrator"))).toEqual(["SLIP-1"]);
    expect(primaries(await journeys({ flow: "salaries" }, "support"))).toEqual([]);
    expect(primaries(await journeys({ q: "slip1" }, "support"))).toEqual([]);
  });

  it("finds an outage although no row says so, and does not call it merely unseen", async () => {
    const early = t - 7_200_000;
    const orders = Array.from({ length: 12 }, (_, index) => `SO-out-${index}`);
    await world.send(
      ...orders.map((order) => ({
        id: order,
        source: "oms",
        step: "placed",
        time: early,
        keys: { order_no: order },
        payload: { tax_no: "123" },
      })),
    );
    await world.beat("finance-importer", Date.now());
    await waitFor("the outage", async () => primaries(await journeys({ reason: "outage" })).length === 12);
    expect((await journeys({ reason: "outage", limit: "5" })).items).toHaveLength(5);
    expect(primaries(await journeys({ reason: "not_seen", from: iso(early - 1), to: iso(early + 1) }))).toEqual([]);
    const { items } = await journeys({ from: iso(early), to: iso(early + 1) });
    expect(new Set(items.map(({ reason }) => reason))).toEqual(new Set(["outage"]));
    const period = { from: early, to: early + 60_000 };
    const view = await readFailures(
      world.stores,
      { period, choice: {}, open: null, elapsed: () => 0 },
      world.context(),
      "en",
    );
    expect(view.groups).toMatchObject([{ reason: "outage", count: 12, stepName: "Finance" }]);
    const asked = Object.fromEntries(new URLSearchParams(view.groups[0]?.href.split("?")[1]));
    expect((await journeys(asked)).items).toHaveLength(12);
  });
});

describe("failures", () => {
  const period = (): Record<string, string> => ({ from: iso(t - 1000), to: iso(t + 60_000) });

  it("are counted by what they have in common, most first, with samples", async () => {
    const answer = await failures({ ...period(), group: "step,class", flow: "order-to-cash" });
    expect(answer.groups.filter(({ group }) => group["class"] !== null)).toMatchObject([
      {
        group: { step: "posted", class: "timeout" },
        count: 3,
        samples: [{ primary: "SO-8" }, { primary: "SO-6" }, { primary: "SO-4" }],
      },
      { group: { step: "posted", class: "bad_format" }, count: 2, firstAt: iso(t + 4000), lastAt: iso(t + 6000) },
    ]);
  });

  it("can be counted as failed events", async () => {
    const answer = await failures({ ...period(), attempts: "true", group: "class,field,point" });
    expect(answer).toMatchObject({ total: 5, truncated: false });
    expect(answer.groups).toMatchObject([
      { group: { class: "timeout", field: null, point: "kafka:invoices" }, count: 3 },
      { group: { class: "bad_format", field: "tax_no", point: "kafka:invoices" }, count: 2 },
    ]);
  });

  it("by signature join what differs in numbers only", async () => {
    const answer = await failures({ ...period(), attempts: "true", group: "signature" });
    expect(answer.groups.map(({ count }) => count)).toEqual([3, 2]);
  });

  it("leave out what the role may not see, and refuse a period that ends before it begins", async () => {
    expect((await failures({ group: "flow" }, "support")).groups.map(({ group }) => group["flow"])).not.toContain(
      "salaries",
    );
    expect((await failures({ group: "flow" })).groups.map(({ group }) => group["flow"])).toContain("salaries");
    await expect(failures({ from: iso(t), to: iso(t) })).rejects.toMatchObject({
      code: "invalid_parameter",
      parameter: "from",
    });
  });
});

describe("flows", () => {
  it("are told as declared, with their journeys counted", async () => {
    const { flows: told } = await listFlows(world.stores, world.context("support"));
    expect(told.map(({ flow }) => flow)).toEqual(["order-to-cash", "returns"]);
    expect(told[0]).toMatchObject({ primary: "order_no", active: true, declaredIn: "file", counts: { failed: 5 } });
    const detail = await readFlow(world.stores, "order-to-cash", world.context());
    expect(detail.text).toContain("flow: order-to-cash");
    expect(detail.versions).toMatchObject([{ version: detail.version, from: null }]);
    expect(detail.objectives).toMatchObject([{ sli: "latency", thresholdMs: 5000, target: 0.995 }]);
    expect(detail.steps.find(({ id }) => id === "posted")).toMatchObject({
      withinMs: 5000,
      contract: "contracts/finance.json",
    });
  });

  it("that the role may not see do not exist", async () => {
    for (const flow of ["salaries", "no-such-flow"]) {
      await expect(readFlow(world.stores, flow, world.context("support"))).rejects.toMatchObject({
        code: "flow_not_found",
      });
    }
  });

  it("measure the latency of a hop, exactly for so few, in one bucket or several", async () => {
    const ask = async (query: Record<string, string>) =>
      readLatency(world.stores, "order-to-cash", parseQuery(latencyQuery, new URLSearchParams(query)), world.context());
    const period = { from: iso(t), to: iso(t + 60_000) };
    const { hops, bucketMs } = await ask({ ...period, hop: "placed..paid" });
    expect(bucketMs).toBeNull();
    expect(hops).toMatchObject([{ hop: "placed..paid", buckets: [{ count: 10, skewedCount: 0 }] }]);
    expect(hops[0]?.buckets[0]?.p50Ms).toBeGreaterThanOrEqual(490);
    expect(hops[0]?.buckets[0]?.p50Ms).toBeLessThanOrEqual(610);
    const day = await ask({ from: iso(t - 3_600_000), to: iso(t + 3_600_000), bucket: "5m" });
    expect(day.hops.find(({ hop }) => hop === "placed..paid")?.buckets.reduce((sum, { count }) => sum + count, 0)).toBe(
      10,
    );
    await expect(ask({ hop: "placed..nowhere" })).rejects.toMatchObject({ parameter: "hop" });
    await expect(ask({ from: iso(0), to: iso(t), bucket: "5m" })).rejects.toMatchObject({ parameter: "bucket" });
  });
});

describe("what comes in", () => {
  it("tells how far each source has been seen, and which steps it reports", async () => {
    const { items } = await listSources(world.stores, world.context("support"));
    expect(items.find(({ source }) => source === "oms")).toMatchObject({
      newestEventAt: iso(t + 9000),
      watermark: iso(t + 9000),
      silent: false,
      steps: [{ flow: "order-to-cash", step: "placed" }],
    });
    expect(items.find(({ source }) => source === "salary-bank")?.heartbeatAt).not.toBeNull();
    expect(items.find(({ source }) => source === "hrm")?.steps).toEqual([]);
  });

  it("lists what was rejected, newest first, page by page", async () => {
    const ask = async (query: Record<string, string>) =>
      listDeadLetters(world.stores, parseQuery(deadLettersQuery, new URLSearchParams(query)));
    const all = await waitFor("two dead letters", async () => {
      const answer = await ask({});
      return answer.items.length === 2 && answer;
    });
    expect(all.items.map(({ reason }) => reason).toSorted()).toEqual(["missing_keys", "missing_step"]);
    const first = await ask({ limit: "1" });
    const second = await ask({ limit: "1", cursor: first.next ?? "" });
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(all.items.map(({ id }) => id));
    expect((await ask({ reason: "missing_keys", open: "true" })).items).toHaveLength(1);
    await expect(ask({ reason: "missing_keys", cursor: first.next ?? "" })).rejects.toMatchObject({
      code: "invalid_cursor",
    });
  });
});

describe("pasted keys", () => {
  it("get one line each, in their order, whatever their type", async () => {
    const keys = ["SO-4", "nothing", "SO-4", " SLIP-1 "];
    const pauses: number[] = [];
    const ask = async (role: Role) =>
      lookUpRecords(world.stores, keys, world.context(role), async () => void pauses.push(1));
    const { items } = await ask("administrator");
    expect(items.map(({ key, found }) => [key, found])).toEqual([
      ["SO-4", true],
      ["nothing", false],
      ["SO-4", true],
      [" SLIP-1 ", true],
    ]);
    expect(items[0]?.journeys).toMatchObject([
      { flow: "order-to-cash", type: "order_no", primary: "SO-4", state: "failed", reason: "timeout" },
    ]);
    expect(items[0]?.journeys[0]?.summary.en).toContain("SO-4");
    expect(pauses).toHaveLength(3);
    expect((await ask("support")).items[3]).toMatchObject({ found: false, journeys: [] });
  });
});
