import * as fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { JourneyRow } from "#lib/storage/journey-index.ts";
import type { LatencyQuery } from "#lib/storage/measures.ts";
import { openEventStorage } from "#lib/storage/sqlite/event-storage.ts";
import { DAY, HOUR, makeChange, makeJourney, MINUTE, orders, refunds, TEN } from "#test/conformance/events/make.ts";
import { installJourneys, openJourneyStore } from "#test/lib/storage/elasticsearch/journey-store.ts";
import { naiveLatency } from "#test/lib/storage/elasticsearch/naive-latency.ts";
import { makeTempFolder } from "#test/support/temp-folder.ts";
import { setUpTestCluster } from "#test/support/test-cluster.ts";

const bed = setUpTestCluster();

/** Within two days, often on an edge of a window. */
const time = fc
  .tuple(fc.nat({ max: 576 }), fc.constantFrom(0, 0, -1, 1, 77_777))
  .map(([window, beside]) => TEN - DAY + window * 5 * MINUTE + beside);
const latency = fc.record({
  hop: fc.constantFrom("a..b", "b..c"),
  at: time,
  latencyMs: fc.oneof(fc.integer({ min: -50, max: 300 }), fc.integer({ min: 0, max: 5_000_000 })),
});
const row: fc.Arbitrary<JourneyRow> = fc
  .record({
    flow: fc.constantFrom(orders, refunds),
    primary: fc.constantFrom("1", "2", "3", "4", "5"),
    state: fc.constantFrom("completed", "in_progress"),
    lastEventAt: time,
    course: fc.nat({ max: 1_000_000 }),
    latencies: fc.array(latency, { maxLength: 3 }),
  })
  .map(({ course, primary, ...changes }) =>
    makeJourney(primary, { ...changes, startedAt: changes.lastEventAt - course }),
  );

type Step =
  | { readonly do: "write" | "remove"; readonly by: 0 | 1; readonly rows: readonly JourneyRow[] }
  | { readonly do: "settle"; readonly by: 0 | 1; readonly limit: number }
  | { readonly do: "read"; readonly by: 0 | 1 };
const by = fc.constantFrom(0 as const, 1 as const);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant("write" as const), by, rows: fc.array(row, { maxLength: 6 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("remove" as const), by, rows: fc.array(row, { maxLength: 2 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("settle" as const), by, limit: fc.integer({ min: 1, max: 5 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("read" as const), by }) },
);

const questions: readonly LatencyQuery[] = [
  { flow: orders, from: 0, to: TEN + 9 * DAY },
  { flow: orders, from: TEN - DAY + 3 * MINUTE + 1, to: TEN + 5 * HOUR + 12_345, bucketMs: HOUR },
  { flow: orders, from: TEN - 7 * HOUR, to: TEN + 7 * HOUR, bucketMs: 10 * MINUTE, hop: "a..b" },
  { flow: refunds, from: TEN - DAY, to: TEN + DAY, bucketMs: DAY, hop: "end_to_end" },
  { flow: refunds, from: TEN + 1, to: TEN + 2 * MINUTE },
];

describe("latencies in Elasticsearch", () => {
  beforeAll(async () => installJourneys(bed.cluster));

  it("are those of the journeys as they stand, whatever was written, repeated, taken away and calculated in between, and those of the embedded store", async () => {
    const check = async (steps: readonly Step[]): Promise<void> => {
      await bed.empty();
      const another = bed.openAnother();
      const stores = [openJourneyStore(bed.cluster, () => TEN), openJourneyStore(another, () => TEN + MINUTE)] as const;
      const rows = new Map<string, JourneyRow>();
      for (const next of steps) {
        const store = stores[next.by];
        if (next.do === "settle") await store.measures.settle(next.limit);
        else if (next.do === "read") await store.measures.latency({ flow: orders, from: 0, to: TEN + 9 * DAY });
        else {
          await store.write(next.do === "write" ? { journeys: next.rows } : { removed: next.rows });
          for (const one of next.rows) {
            if (next.do === "write") rows.set(`${one.flow}/${one.primary}`, one);
            else rows.delete(`${one.flow}/${one.primary}`);
          }
        }
      }
      const journeys = [...rows.values()];
      // All of it again, in another order: nothing changes.
      await stores[0].write({ journeys: journeys.toReversed() });
      await another.refresh(`${bed.settings.prefix}-*`);
      const embedded = await openEventStorage({ directory: makeTempFolder(), mode: "writer", now: () => TEN });
      await embedded.projection.commit(makeChange({ journeys }));
      for (const query of questions) {
        const truth = naiveLatency(journeys, query);
        expect(await embedded.measures.latency(query)).toEqual(truth);
        expect(await stores[1].measures.latency(query)).toEqual(truth);
      }
      while (!(await stores[0].measures.settle(3)));
      for (const query of questions)
        expect(await stores[0].measures.latency(query)).toEqual(naiveLatency(journeys, query));
      for (const hop of ["a..b", "b..c"])
        expect((await stores[0].measures.negativeLatencies(orders, hop)).toSorted((a, b) => a - b)).toEqual(
          (await embedded.measures.negativeLatencies(orders, hop)).toSorted((a, b) => a - b),
        );
      await embedded.close();
      await another.close();
    };
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 12 }), check), { numRuns: 12 });
  });
});
