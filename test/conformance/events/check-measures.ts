import { describe, expect, it } from "vitest";
import { percentileOf } from "#lib/latency/percentile.ts";
import type { JourneyRow } from "#lib/storage/journey-index.ts";
import { type EventAdapter, useEventBed } from "#test/conformance/events/event-bed.ts";
import { DAY, HOUR, makeChange, makeJourney, MINUTE, orders, refunds, TEN } from "#test/conformance/events/make.ts";

const HOP = "paid..posted";
const completed = (number: number, at: number, latencyMs: number): JourneyRow =>
  makeJourney(`SO-${number}`, {
    state: "completed",
    startedAt: at - latencyMs * 3,
    lastEventAt: at,
    latencies: [{ hop: HOP, at, latencyMs }],
  });

/** Seeded, spread over four orders of magnitude. */
const latencyAt = (number: number): number => Math.round(10 ** (((number * 7_919) % 1_000) / 250));
const percentilesOf = (values: readonly number[]) => {
  const sorted = Float64Array.from(values).toSorted();
  return {
    count: values.length,
    p50Ms: percentileOf(sorted, 0.5),
    p95Ms: percentileOf(sorted, 0.95),
    p99Ms: percentileOf(sorted, 0.99),
  };
};

export const checkMeasures = (adapter: EventAdapter): void => {
  describe(`measures of ${adapter.name}`, () => {
    const kit = useEventBed(adapter);

    it("tells exact percentiles of a hop and end to end, in one bucket and by bucket", async () => {
      const { projection, measures } = await kit.open("writer");
      const rows = Array.from({ length: 2_000 }, (_, number) =>
        completed(number, TEN + number * 1_000, latencyAt(number)),
      );
      await projection.commit(makeChange({ journeys: rows }));
      const inSpan = rows.slice(100, 1_900);
      const span = { flow: orders, from: TEN + 100_000, to: TEN + 1_900_000 };
      expect(await measures.latency(span)).toEqual([
        {
          hop: "end_to_end",
          at: span.from,
          skewedCount: 0,
          exact: true,
          ...percentilesOf(inSpan.map((row) => row.lastEventAt - row.startedAt)),
        },
        {
          hop: HOP,
          at: span.from,
          skewedCount: 0,
          exact: true,
          ...percentilesOf(inSpan.map((row) => row.latencies[0]?.latencyMs ?? 0)),
        },
      ]);
      const buckets = await measures.latency({ ...span, hop: HOP, bucketMs: 10 * MINUTE });
      expect(buckets.map(({ at, count }) => [(at - TEN) / MINUTE, count])).toEqual([
        [0, 500],
        [10, 600],
        [20, 600],
        [30, 100],
      ]);
      expect(buckets[1]).toMatchObject(
        percentilesOf(rows.slice(600, 1_200).map((row) => row.latencies[0]?.latencyMs ?? 0)),
      );
      expect(await measures.latency({ ...span, flow: refunds })).toEqual([]);
      expect(await measures.latency({ ...span, to: span.from })).toEqual([]);
    });

    it("counts a journey once, as it was judged last", async () => {
      const { projection, measures } = await kit.open("writer");
      const span = { flow: orders, from: 0, to: TEN + DAY };
      await projection.commit(makeChange({ journeys: [completed(1, TEN, 50), completed(2, TEN, 60)] }));
      await projection.flush();
      await projection.commit(makeChange({ journeys: [completed(1, TEN + HOUR, 70), completed(2, TEN, 60)] }));
      await projection.commit(makeChange({ journeys: [completed(1, TEN + 2 * HOUR, 5_000)] }));
      await projection.flush();
      expect(await measures.latency({ ...span, hop: HOP })).toMatchObject([{ count: 2, p50Ms: 2_530, p99Ms: 5_000 }]);
      await projection.commit(
        makeChange({
          journeys: [{ ...completed(1, TEN, 1), state: "in_progress", latencies: [] }],
          removed: [{ flow: orders, primary: "SO-2" }],
        }),
      );
      expect(await measures.latency(span)).toEqual([]);
    });

    it("keeps percentiles of very many values within one percent, for any span", async () => {
      const { projection, measures } = await kit.open("writer");
      const values: { at: number; latencyMs: number }[] = [];
      for (let batch = 0; batch < 42; batch += 1) {
        const latencies = Array.from({ length: 1_000 }, (_, place) => {
          const number = batch * 1_000 + place;
          return { hop: HOP, at: TEN - 3 * DAY + number * 6_133, latencyMs: latencyAt(number) };
        });
        values.push(...latencies);
        const rows = Array.from({ length: 10 }, (_, place) =>
          makeJourney(`SO-${batch}-${place}`, { latencies: latencies.slice(place * 100, place * 100 + 100) }),
        );
        await projection.commit(makeChange({ journeys: rows }));
      }
      for (const [from, to] of [
        [0, TEN + DAY],
        [TEN - 2 * DAY + 1_234_567, TEN - 7_654_321],
        [TEN - 2 * DAY, TEN],
      ] as const) {
        const truth = percentilesOf(values.filter(({ at }) => at >= from && at < to).map(({ latencyMs }) => latencyMs));
        const [bucket] = await measures.latency({ flow: orders, hop: HOP, from, to });
        expect(bucket?.count).toBe(truth.count);
        for (const name of ["p50Ms", "p95Ms", "p99Ms"] as const) {
          expect(Math.abs((bucket?.[name] ?? 0) / (truth[name] ?? 0) - 1)).toBeLessThanOrEqual(0.01);
        }
      }
      const days = await measures.latency({ flow: orders, hop: HOP, from: TEN - 3 * DAY, to: TEN, bucketMs: DAY });
      expect(days.map(({ count }) => count).reduce((sum, count) => sum + count, 0)).toBe(
        values.filter(({ at }) => at < TEN).length,
      );
    });

    it("keeps negative latencies apart and tells those of the newest thousand", async () => {
      const { projection, measures } = await kit.open("writer");
      const latencies = Array.from({ length: 1_200 }, (_, place) => ({
        hop: HOP,
        at: TEN + place,
        latencyMs: place % 100 === 0 ? -place - 1 : 10,
      }));
      await projection.commit(makeChange({ journeys: [makeJourney("SO-1", { latencies })] }));
      expect(await measures.latency({ flow: orders, hop: HOP, from: 0, to: TEN + DAY })).toMatchObject([
        { count: 1_188, skewedCount: 12, p50Ms: 10, p99Ms: 10 },
      ]);
      expect((await measures.negativeLatencies(orders, HOP)).toSorted((a, b) => b - a)).toEqual(
        [2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map((hundreds) => -hundreds * 100 - 1),
      );
      expect(await measures.negativeLatencies(orders, "a..b")).toEqual([]);
    });
  });
};
