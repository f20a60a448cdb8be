import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { failureFilters } from "#app/(console)/failures/search-params.ts";
import { journeyFilters } from "#app/(console)/journeys/search-params.ts";
import type { FlowVersion } from "#lib/flow/flow-version.ts";
import { toFlowId, toStepId, toSystemId } from "#lib/id/id.ts";
import { countNewer } from "#lib/read/count-newer.ts";
import { exportJourneys } from "#lib/read/export-journeys.ts";
import { listJourneyLines } from "#lib/read/list-journey-lines.ts";
import { readFailures } from "#lib/read/read-failures.ts";
import { toReadStores, type ReadContext, type ReadStores } from "#lib/read/read-context.ts";
import { openStorage, type Storage } from "#lib/storage/open.ts";
import type { JourneyRow } from "#lib/storage/journey-index.ts";
import { makeChange, makeFailed, makeJourney } from "#test/conformance/events/make.ts";
import { makeHome } from "#test/support/home.ts";
import { placeOf } from "#test/support/store-place.ts";

const journeyCount = 100_000;
const everyMs = 6_000;
const now = Date.UTC(2026, 10, 23, 10);
const begin = now - journeyCount * everyMs;
const clock = { now, timeZone: "Asia/Shanghai" };
const flow = toFlowId("orders");
const { home, remove } = makeHome();
let storage: Storage;
let stores: ReadStores;
const context: ReadContext = { ...clock, role: "support", searchToken: () => "" };

const step = {
  after: [],
  afterAny: [],
  optional: false,
  ends: false,
  sends: false,
  strict: false,
  sources: [],
  owners: {},
};
const version: FlowVersion = {
  flow,
  hash: "v1",
  from: -Infinity,
  savedAt: begin,
  declaredIn: "file",
  text: "flow: orders",
  declaration: {
    flow,
    primary: "order_no" as FlowVersion["declaration"]["primary"],
    aliases: [],
    searchable: [],
    steps: [
      { ...step, id: toStepId("paid"), system: toSystemId("payment") },
      { ...step, id: toStepId("posted"), system: toSystemId("finance"), after: [toStepId("paid")] },
    ],
    match: [],
    objectives: [],
  },
};

/** Six seconds apart, each seventh at the same moment as the one before, every hundredth failed. */
const rowOf = (number: number): JourneyRow => {
  const startedAt = begin + (number - (number % 7 === 0 && number > 0 ? 1 : 0)) * everyMs;
  const times = { startedAt, since: startedAt, lastEventAt: startedAt, newestIngestedAt: startedAt };
  const primary = `SO-${String(number).padStart(6, "0")}`;
  return number % 100 === 0
    ? makeFailed(primary, { ...times, since: startedAt + 5_000, system: toSystemId("finance") })
    : makeJourney(primary, { ...times, state: number % 3 === 0 ? "in_progress" : "completed" });
};
const commit = async (rows: readonly JourneyRow[]): Promise<void> =>
  storage.events.projection.commit(makeChange({ journeys: rows }));

beforeAll(async () => {
  storage = await openStorage(placeOf(home), { mode: "worker", now: () => now });
  stores = toReadStores(storage.events, storage.control);
  await storage.control.definitions.saveVersion(version, "test");
  for (let first = 0; first < journeyCount; first += 5_000) {
    await commit(Array.from({ length: 5_000 }, (_, index) => rowOf(first + index)));
  }
  await storage.events.projection.flush();
}, 120_000);
afterAll(async () => {
  await storage.close();
  remove();
});

describe("a list of 100,000 records", () => {
  it("is counted, and paged to its end with each record on exactly one page while others come and change", async () => {
    const seen: string[] = [];
    const ask = async (cursor: string | null) =>
      listJourneyLines(
        stores,
        {
          ...journeyFilters(
            { range: "7d", ...(cursor !== null && { cursor, asOf: new Date(now).toISOString() }) },
            clock,
          ).query,
          limit: 500,
        },
        context,
        "en",
      );
    let page = await ask(null);
    expect(page.count).toEqual({ count: 100_000, isMore: false });
    for (let pages = 1; ; pages += 1) {
      seen.push(...page.lines.map(({ primary }) => primary));
      if (page.next === null) break;
      if (pages % 20 === 0) {
        const late = { startedAt: now + pages, since: now + pages };
        const changed = rowOf(pages * 499);
        await commit([
          makeJourney(`NEW-${pages}`, late),
          makeFailed(changed.primary, { startedAt: changed.startedAt }),
        ]);
      }
      page = await ask(page.next);
    }
    expect(seen).toHaveLength(journeyCount);
    expect(new Set(seen).size).toBe(journeyCount);
    expect(seen.some((primary) => primary.startsWith("NEW"))).toBe(false);
  });

  it("says how many are newer than what is shown", async () => {
    const { cursor: _cursor, limit: _limit, ...query } = journeyFilters({ flow: "orders" }, clock).query;
    const top = {
      flow: "orders",
      primary: rowOf(journeyCount - 1).primary,
      startedAt: rowOf(journeyCount - 1).startedAt,
    };
    expect(await countNewer(stores, query, { top, count: null }, context)).toMatchObject({ newer: 9, isMore: false });
    const older = {
      ...top,
      primary: rowOf(journeyCount - 500).primary,
      startedAt: rowOf(journeyCount - 500).startedAt,
    };
    expect(await countNewer(stores, query, { top: older, count: null }, context)).toMatchObject({
      newer: 99,
      isMore: true,
    });
    const failed = { ...query, state: ["failed" as const] };
    expect(await countNewer(stores, failed, { top: null, count: 3 }, context)).toMatchObject({ hasChanged: true });
  });

  it("is exported once each, up to the limit and saying so", async () => {
    const exported = new Set<string>();
    let isCut = false;
    const filter = { from: begin, to: now };
    for await (const page of exportJourneys(stores, filter, context, 30_250)) {
      for (const { primary } of page.items) exported.add(primary);
      ({ isCut } = page);
    }
    expect([exported.size, isCut]).toEqual([30_250, true]);
    let whole = 0;
    for await (const page of exportJourneys(stores, { ...filter, state: ["failed"] }, context, 30_250)) {
      whole += page.items.length;
      ({ isCut } = page);
    }
    expect(isCut).toBe(false);
    expect(whole).toBeGreaterThanOrEqual(1_000);
  });

  it("has its failures told over time, as many as there are", async () => {
    const { period, choice, open } = failureFilters({ range: "7d" }, { ...clock, now: now + 10_000 });
    const view = await readFailures(stores, { period, choice, open, elapsed: () => 0 }, context, "en");
    const { items } = await stores.journeys.list({ flows: [flow], states: ["failed"] }, { cursor: null, limit: 5_000 });
    const inPeriod = items.filter(({ since }) => since >= period.from && since < period.to);
    expect(view.broken).toBe(inPeriod.length);
    expect(view.bars.flatMap(({ counts }) => counts).reduce((sum, count) => sum + count, 0)).toBe(view.broken);
    expect(view.groups[0]).toMatchObject({ reason: "missing_field", field: "tax_no", flowName: "orders" });
  });
});
