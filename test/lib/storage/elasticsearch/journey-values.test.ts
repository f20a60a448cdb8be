import { beforeAll, describe, expect, it } from "vitest";
import { toFlowId, toSourceId, toStepId, toSystemId } from "#lib/id/id.ts";
import type { JourneyRow } from "#lib/storage/journey-index.ts";
import { openEventStorage } from "#lib/storage/sqlite/event-storage.ts";
import { makeChange, makeFailed, makeJourney, orders, TEN } from "#test/conformance/events/make.ts";
import { installJourneys, openJourneyStore } from "#test/lib/storage/elasticsearch/journey-store.ts";
import { makeTempFolder } from "#test/support/temp-folder.ts";
import { setUpTestCluster } from "#test/support/test-cluster.ts";

const bed = setUpTestCluster();

const texts = [
  "",
  " ",
  "null",
  "😀 ｚ 订单",
  "\u0000\u0001\u001b[31m",
  'a"b\\c\n',
  "*?~AND OR (",
  "x".repeat(600),
  "\u0007".repeat(700),
  "订".repeat(12_000),
  `${"订".repeat(12_000)}!`,
];
const longKey = "k".repeat(512);
const odd = toFlowId("flow/一\u0001");
const last = 8.64e15;

const rows: readonly JourneyRow[] = [
  ...texts.map((text, number) =>
    makeFailed(`T-${number}`, {
      since: TEN + number,
      startedAt: TEN + number,
      step: toStepId(text),
      system: toSystemId(text),
      field: text,
      point: text,
      signature: text,
      wake: { step: toStepId(text), source: { source: toSourceId(text), after: TEN } },
      dues: [{ step: toStepId(text), dueAt: TEN, arrived: number % 2 === 0 }],
    }),
  ),
  makeFailed("T-null", { field: null, since: TEN - 1, startedAt: TEN - 1 }),
  makeJourney(longKey, { flow: odd, startedAt: last, since: last, lastEventAt: last }),
  makeJourney(`${longKey.slice(1)}l`, { flow: odd, startedAt: last - 1 }),
  makeJourney("", { flow: odd, startedAt: 0, since: 0 }),
  makeJourney("before 1970", {
    flow: odd,
    startedAt: -5,
    since: -7,
    dues: [{ step: toStepId("s"), dueAt: -3, arrived: false }],
    wake: { at: -2, source: { source: toSourceId("oms"), after: -9 } },
  }),
  makeJourney("far", {
    flow: odd,
    startedAt: 1,
    dues: [{ step: toStepId("s"), dueAt: last, arrived: true }],
    wake: { at: last, source: { source: toSourceId("oms"), after: last - 1 } },
  }),
];

describe("journeys with strange values in Elasticsearch", () => {
  beforeAll(async () => installJourneys(bed.cluster));

  it("are found, counted and answered as in the embedded store", async () => {
    const store = openJourneyStore(bed.cluster, () => TEN);
    await store.write({ journeys: rows });
    const embedded = await openEventStorage({ directory: makeTempFolder(), mode: "writer", now: () => TEN });
    await embedded.projection.commit(makeChange({ journeys: rows }));
    const both = { flows: [orders, odd] };
    const ask = async <Answer>(question: (journeys: typeof store.journeys) => Promise<Answer>): Promise<Answer> => {
      const answer = await question(store.journeys);
      expect(answer).toEqual(await question(embedded.journeys));
      return answer;
    };

    const listed = await ask(async (journeys) => journeys.list(both, { cursor: null, limit: 99 }));
    expect(listed.items).toHaveLength(rows.length);
    const first = await ask(async (journeys) => journeys.list(both, { cursor: null, limit: 1 }));
    expect(first.items[0]?.primary).toBe(longKey);
    const second = await ask(async (journeys) => journeys.list(both, { cursor: first.next, limit: 1 }));
    expect(second.items[0]?.primary).toBe(`${longKey.slice(1)}l`);
    for (const row of rows) expect(await ask(async (journeys) => journeys.find(row.flow, row.primary))).toEqual(row);
    for (const text of texts) {
      const step = toStepId(text);
      for (const filter of [
        { field: text },
        { point: text },
        { signature: text },
        { step },
        { system: toSystemId(text) },
      ])
        expect(
          (await ask(async (journeys) => journeys.list({ ...both, ...filter }, { cursor: null, limit: 9 }))).items,
        ).toHaveLength(1);
      await ask(async (journeys) => journeys.countDue(orders, step, TEN, TEN, TEN + 1));
      expect(await ask(async (journeys) => journeys.listWaitingForStep(orders, step, null, 9))).toHaveLength(1);
      expect(await ask(async (journeys) => journeys.listWaitingForSource(text, TEN + 1, 9))).toHaveLength(1);
    }
    expect(
      (await ask(async (journeys) => journeys.list({ ...both, field: null }, { cursor: null, limit: 9 }))).items,
    ).toHaveLength(1);

    const ever = { ...both, from: -8.64e15, to: 8.64e15 };
    const byTime = (a: { readonly lastAt: number }, b: { readonly lastAt: number }): number => a.lastAt - b.lastAt;
    const kinds = await ask(async (journeys) => (await journeys.countTrouble(ever, 1, 99)).toSorted(byTime));
    expect(kinds).toHaveLength(texts.length + 1);
    for (const groups of [["field"], ["signature", "point", "step", "system"], ["flow", "class"], []] as const)
      await ask(async (journeys) => (await journeys.countFailures(ever, groups, 99)).toSorted(byTime));
    await ask(async (journeys) => journeys.countByState([orders, odd]));
    await ask(async (journeys) => journeys.countStarted([orders, odd], -9, last));
    await ask(async (journeys) => journeys.countDue(odd, toStepId("s"), -5, last, last));
    await ask(async (journeys) => journeys.countDue(odd, toStepId("s"), -5, -3, 0));
    await ask(async (journeys) => journeys.listDue(last, 9));
    await ask(async (journeys) => journeys.listWaitingForSource("oms", last, 9));
    await ask(async (journeys) => journeys.scan(odd, "", 9));
    await embedded.close();
  });

  it("are left out by the thousand where people closed them by hand", async () => {
    const flow = toFlowId("many");
    const store = openJourneyStore(bed.cluster, () => TEN);
    const many = Array.from({ length: 3_000 }, (_, number) => makeFailed(`M-${number}`, { flow, since: TEN + number }));
    await store.write({ journeys: many });
    const closed = Array.from({ length: 25_000 }, (_, number) => ({ flow, primary: `M-${number + 10}` }));
    const open = { flows: [flow], closed };
    expect(await store.journeys.count(open, 9_999)).toBe(10);
    expect((await store.journeys.list(open, { cursor: null, limit: 20 })).items).toHaveLength(10);
    expect(await store.journeys.countTrouble({ ...open, from: 0, to: TEN * 2 }, null, 9)).toMatchObject([
      { count: 10, firstAt: TEN, lastAt: TEN + 9 },
    ]);
    expect((await store.journeys.countByState([flow], closed)).get(flow)).toMatchObject({ failed: 10 });
    expect(
      (await store.journeys.listTrouble({ ...open, from: 0, to: TEN * 2 }, "newest", 20_000)).map(
        ({ primary }) => primary,
      ),
    ).toEqual(Array.from({ length: 10 }, (_, number) => `M-${9 - number}`));
    expect(await store.journeys.scan(flow, null, 12_000)).toHaveLength(3_000);
  });

  it("are told by their newest arrival, for retention to take away", async () => {
    const flow = toFlowId("old");
    const store = openJourneyStore(bed.cluster, () => TEN);
    const journeys = [3, 1, 2].map((hour) => makeJourney(`O-${hour}`, { flow, newestIngestedAt: hour }));
    await store.write({ journeys });
    expect(await store.listArrivedBefore(3, 9)).toEqual([1, 2].map((hour) => ({ flow, primary: `O-${hour}` })));
    expect(await store.listArrivedBefore(3, 1)).toEqual([{ flow, primary: "O-1" }]);
  });
});
