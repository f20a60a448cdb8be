import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { JourneyAnswer } from "#lib/record/record-answer.ts";
import { onlyJourney, startRecordWorld, type RecordWorld } from "#test/integration/read/record-world.ts";

const flow = `
flow: orders
record: { primary: order_no, aliases: [payment_no] }
steps:
  - { id: placed, system: oms }
  - { id: paid, system: payment, after: placed }
`;
const base = Date.now() - 3_600_000;
const timeOf = (ms: number): string => new Date(base + ms).toISOString();

let world: RecordWorld;

beforeAll(async () => {
  world = await startRecordWorld({ "orders.yaml": flow });
});
afterAll(async () => {
  await world.close();
});

describe("a record of thousands of events", () => {
  const many = 2_500;

  test("shows the newest by event time, in whatever order they arrived", async () => {
    const newestFirst = Array.from({ length: many }, (_, index) => ({
      id: `v-${index}`,
      step: "placed",
      keys: { order_no: "SO-V" },
      time: base - index,
    }));
    for (let first = 0; first < many; first += 500) await world.send(...newestFirst.slice(first, first + 500));
    const found = await world.until(
      "order_no",
      "SO-V",
      ({ journeys }) => journeys[0]?.eventsTotal === many && journeys[0].events.length > 0,
    );
    const { events } = onlyJourney(found);
    expect(events.map(({ id }) => id)).toEqual(newestFirst.slice(0, 200).map(({ id }) => id));
  });

  test("shows the newest of the events that match no step as well", async () => {
    const newestFirst = Array.from({ length: 1_500 }, (_, index) => ({
      id: `u-${index}`,
      step: "unheard-of",
      keys: { order_no: "SO-U" },
      time: base - index,
    }));
    for (let first = 0; first < 1_500; first += 500) await world.send(...newestFirst.slice(first, first + 500));
    await world.send({ id: "last", step: "placed", keys: { order_no: "SO-last" }, time: base });
    await world.until("order_no", "SO-last", () => true);
    const { unmatched } = await world.until("order_no", "SO-U", () => true);
    expect(unmatched.map(({ id }) => id)).toEqual(newestFirst.slice(0, 200).map(({ id }) => id));
  });
});

describe("a key of very many records", () => {
  const numbers = Array.from({ length: 1_000 }, (_, index) => `SO-${String(index).padStart(4, "0")}`);
  const isWhole = (journeys: readonly JourneyAnswer[]): boolean =>
    journeys.length === numbers.length && journeys.every(({ eventsTotal }) => eventsTotal === 2);

  test("lists every one of them, judged, and keeps the answer small", async () => {
    await world.send(
      ...numbers.map((name, index) => ({
        id: `placed-${name}`,
        step: "placed",
        keys: { order_no: name },
        payload: { lines: "x".repeat(2_000) },
        time: timeOf(index),
      })),
    );
    await world.send({
      id: "paid-all",
      step: "paid",
      keys: { order_no: numbers, payment_no: "P-all" },
      time: timeOf(5_000),
    });
    const { record, journeys } = await world.until("payment_no", "P-all", (answer) => isWhole(answer.journeys));
    expect(record).toMatchObject({ brief: true });
    expect(new Set(journeys.map(({ primary }) => primary))).toEqual(new Set(numbers));
    expect(new Set(journeys.map(({ state }) => state))).toEqual(new Set(["completed"]));
    for (const journey of journeys) {
      expect(journey.events.map(({ id }) => id)).toEqual(["paid-all", `placed-${journey.primary}`]);
      expect(journey.events[0]?.keysTotal).toEqual({ order_no: numbers.length });
      expect(journey.events[0]?.keys["order_no"]).toContain(journey.primary);
      expect(journey.links.find(({ type }) => type === "payment_no")?.relatedTotal).toBe(numbers.length - 1);
    }
    expect(JSON.stringify(journeys).length).toBeLessThan(6_000 * numbers.length);
  });

  test("tells everything of each of them on its own record", async () => {
    const { record, journeys } = await world.until("order_no", "SO-0007", () => true);
    expect(record.brief).toBeUndefined();
    const [paid, placed] = journeys[0]?.events ?? [];
    expect(paid?.keys["order_no"]).toHaveLength(numbers.length);
    expect(placed?.payload).toEqual({ lines: "x".repeat(2_000) });
  });
});
