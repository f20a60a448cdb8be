import { expect } from "vitest";
import { latenciesOf } from "#lib/latency/journey-latencies.ts";
import { percentileOf } from "#lib/latency/percentile.ts";
import type { JourneyRow } from "#lib/storage/journey-index.ts";
import type { EventStorage } from "#lib/storage/storage.ts";
import {
  flow,
  lastStep,
  orderNo,
  paymentNo,
  START,
  steps,
  truthOf,
} from "#test/lib/storage/sqlite/events/toy-journeys.ts";

const FOREVER = START * 2;

/** Everything the store says of journeys and events equals a plain computation from the numbers of the events accepted. */
export const expectTruth = async (storage: EventStorage, numbers: readonly number[]): Promise<void> => {
  const truth = truthOf(numbers);
  await expectRows(storage, truth);
  await expectCounts(storage, [...truth.values()]);
  await expectLatencies(storage, [...truth.values()]);
  await expectEvents(storage, numbers);
};

const expectRows = async ({ journeys }: EventStorage, truth: ReadonlyMap<string, JourneyRow>): Promise<void> => {
  const rows = await journeys.scan(flow, null, 1_000_000);
  expect(new Map(rows.map((row) => [row.primary, row]))).toEqual(truth);
};

const expectCounts = async ({ journeys }: EventStorage, truth: readonly JourneyRow[]): Promise<void> => {
  const countOf = (state: string) => truth.filter((row) => row.state === state).length;
  const counts = (await journeys.countByState([flow])).get(flow);
  expect(counts).toMatchObject({
    in_progress: countOf("in_progress"),
    completed: countOf("completed"),
    failed: countOf("failed"),
  });
  const alike = await journeys.countAlike({
    flow,
    step: lastStep,
    reason: "timeout",
    errorClass: "timeout",
    field: null,
  });
  expect(alike.count).toBe(countOf("failed"));
  for (const step of steps) {
    const dues = truth.flatMap((row) => row.dues).filter((due) => due.step === step);
    const missing = dues.filter((due) => !due.arrived).length;
    expect(await journeys.countDue(flow, step, 0, FOREVER, FOREVER)).toEqual({ due: dues.length, missing });
  }
  const waking = truth.filter((row) => row.wake.at !== undefined).map((row) => row.primary);
  expect(new Set((await journeys.listDue(FOREVER, 1_000_000)).map((row) => row.primary))).toEqual(new Set(waking));
};

const expectLatencies = async ({ measures }: EventStorage, truth: readonly JourneyRow[]): Promise<void> => {
  const byHop = Map.groupBy(truth.flatMap(latenciesOf), (latency) => latency.hop);
  const buckets = await measures.latency({ flow, from: 0, to: FOREVER });
  expect(buckets.map((bucket) => bucket.hop).toSorted()).toEqual([...byHop.keys()].toSorted());
  for (const bucket of buckets) {
    const values = Float64Array.from(
      (byHop.get(bucket.hop) ?? []).map((one) => one.latencyMs).filter((ms) => ms >= 0),
    ).toSorted();
    expect(bucket).toMatchObject({
      count: values.length,
      p50Ms: percentileOf(values, 0.5),
      p99Ms: percentileOf(values, 0.99),
    });
  }
};

/** Each accepted event is there once, and no key leads to another record's. */
const expectEvents = async ({ events }: EventStorage, numbers: readonly number[]): Promise<void> => {
  const kept = (await events.scan(null, 1_000_000)).map(({ event }) => event.id);
  expect(kept).toHaveLength(new Set(kept).size);
  expect(new Set(kept)).toEqual(new Set(numbers.map((number) => `event-${number}`)));
  const byOrder = Map.groupBy(new Set(numbers), (number) => Math.floor(number / steps.length));
  for (const [order, own] of byOrder) {
    const type = order % 2 === 0 ? orderNo : paymentNo;
    const found = await events.listByKeys([{ type, value: `${type === orderNo ? "SO" : "P"}-${order}` }], 100);
    expect(found.map((event) => event.id).toSorted()).toEqual(own.map((number) => `event-${number}`).toSorted());
  }
};
