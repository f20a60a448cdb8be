import { describe, expect, it } from "vitest";
import { toSystemId } from "#lib/id/id.ts";
import type { JourneyQuery, JourneyRow, TroubleQuery } from "#lib/storage/journey-index.ts";
import type { EventStorage } from "#lib/storage/storage.ts";
import { type EventAdapter, useEventBed } from "#test/conformance/events/event-bed.ts";
import {
  HOUR,
  makeChange,
  makeFailed,
  makeJourney,
  makeUnit,
  MINUTE,
  order,
  orders,
  paid,
  posted,
  refunds,
  TEN,
} from "#test/conformance/events/make.ts";

const commit = async ({ projection }: EventStorage, ...journeys: readonly JourneyRow[]): Promise<void> =>
  projection.commit(makeChange({ journeys }));
const span = (changes: Partial<TroubleQuery> = {}): TroubleQuery => ({
  flows: [orders, refunds],
  from: TEN,
  to: TEN + HOUR,
  ...changes,
});
const overdue = (primary: string, since: number, changes: Partial<JourneyRow> = {}): JourneyRow =>
  makeFailed(primary, { state: "overdue", reason: "not_seen", errorClass: null, field: null, since, ...changes });
const silent = (primary: string, since: number): JourneyRow =>
  overdue(primary, since, { state: "unknown", reason: "source_silent", step: paid });

/** Seven without a tax number a minute apart, three overdue at erp, two that nothing can be told of, and one that is fine. */
const trouble = (): readonly JourneyRow[] => [
  ...Array.from({ length: 7 }, (_, number) =>
    makeFailed(`SO-${number}`, { since: TEN + number * MINUTE, startedAt: TEN - number, signature: "tax_no # empty" }),
  ),
  ...[0, 20, 40].map((minute) =>
    overdue(`R-${minute}`, TEN + minute * MINUTE, { flow: refunds, system: toSystemId("erp") }),
  ),
  silent("SO-8", TEN + HOUR - 1),
  silent("SO-9", TEN + 5 * MINUTE),
  makeJourney("SO-10", { since: TEN + MINUTE }),
];

export const checkTrouble = (adapter: EventAdapter): void => {
  describe(`journeys in trouble, of ${adapter.name}`, () => {
    const kit = useEventBed(adapter);
    const open = async (): Promise<EventStorage> => {
      const storage = await kit.open("writer");
      await commit(storage, ...trouble());
      return storage;
    };

    it("are counted kind by kind, most first, and by the time since when they are", async () => {
      const { journeys } = await open();
      const counts = await journeys.countTrouble(span(), 10 * MINUTE, 9);
      expect(counts.map(({ kind, count }) => [kind.flow, kind.state, kind.reason, count])).toEqual([
        [orders, "failed", "missing_field", 7],
        [refunds, "overdue", "not_seen", 3],
        [orders, "unknown", "source_silent", 2],
      ]);
      expect(counts[0]).toEqual({
        kind: {
          flow: orders,
          state: "failed",
          reason: "missing_field",
          step: posted,
          system: null,
          errorClass: "missing_field",
          field: "tax_no",
          point: null,
          signature: "tax_no # empty",
        },
        count: 7,
        firstAt: TEN,
        lastAt: TEN + 6 * MINUTE,
        buckets: [{ at: TEN, count: 7 }],
      });
      expect(counts[1]?.buckets).toEqual([0, 20, 40].map((minute) => ({ at: TEN + minute * MINUTE, count: 1 })));
      expect((await journeys.countTrouble(span(), null, 1)).map(({ kind, buckets }) => [kind.flow, buckets])).toEqual([
        [orders, []],
      ]);
    });

    it("are counted within a time only, the end not included", async () => {
      const { journeys } = await open();
      const counts = await journeys.countTrouble(span({ from: TEN + MINUTE, to: TEN + 6 * MINUTE }), MINUTE, 9);
      expect(counts.map(({ count, firstAt, lastAt }) => [count, firstAt, lastAt])).toEqual([
        [5, TEN + MINUTE, TEN + 5 * MINUTE],
        [1, TEN + 5 * MINUTE, TEN + 5 * MINUTE],
      ]);
      expect(counts[0]?.buckets).toEqual([1, 2, 3, 4, 5].map((minute) => ({ at: TEN + minute * MINUTE, count: 1 })));
      expect(await journeys.countTrouble(span({ from: TEN + 2 * HOUR, to: TEN + 3 * HOUR }), MINUTE, 9)).toEqual([]);
    });

    it("are narrowed by what they have and by what they have not", async () => {
      const { journeys } = await open();
      const count = async (query: Partial<TroubleQuery>): Promise<number> =>
        (await journeys.countTrouble(span(query), null, 9)).reduce((sum, each) => sum + each.count, 0);
      expect(await count({})).toBe(12);
      expect(await count({ flows: [] })).toBe(0);
      expect(await count({ states: ["overdue", "unknown"] })).toBe(5);
      expect(await count({ states: [] })).toBe(0);
      expect(await count({ step: paid })).toBe(2);
      expect(await count({ system: toSystemId("erp") })).toBe(3);
      expect(await count({ system: null })).toBe(9);
      expect(await count({ field: null })).toBe(5);
      expect(await count({ errorClass: null, reason: "not_seen" })).toBe(3);
      expect(await count({ signature: null, states: ["failed"] })).toBe(0);
    });

    it("are listed by since when, newest or oldest first, over all kinds", async () => {
      const { journeys } = await open();
      const names = async (query: Partial<TroubleQuery>, first: "newest" | "oldest", limit: number) =>
        (await journeys.listTrouble(span(query), first, limit)).map((row) => row.primary);
      expect(await names({}, "newest", 4)).toEqual(["SO-8", "R-40", "R-20", "SO-6"]);
      expect(await names({ states: ["failed"] }, "oldest", 3)).toEqual(["SO-0", "SO-1", "SO-2"]);
      expect(await names({ to: TEN + MINUTE, states: ["failed"] }, "newest", 9)).toEqual(["SO-0"]);
      expect(await names({ field: null, from: TEN + 30 * MINUTE }, "oldest", 9)).toEqual(["R-40", "SO-8"]);
    });

    it("leave the counts as they heal", async () => {
      const storage = await open();
      await storage.projection.flush();
      await commit(storage, makeJourney("SO-3", { state: "completed" }), overdue("SO-0", TEN + 3 * MINUTE));
      const counts = await storage.journeys.countTrouble(span({ flows: [orders] }), null, 9);
      expect(counts.map(({ kind, count }) => [kind.reason, count])).toEqual([
        ["missing_field", 5],
        ["source_silent", 2],
        ["not_seen", 1],
      ]);
    });

    it("closed by hand are neither counted nor listed", async () => {
      const { journeys } = await open();
      const closed = ["SO-0", "SO-6", "SO-10", "SO-99"].map((primary) => ({ flow: orders, primary }));
      const failed = span({ states: ["failed"], closed });
      const whole = await journeys.countTrouble(failed, MINUTE, 9);
      expect(whole).toMatchObject([{ count: 5, firstAt: TEN + MINUTE, lastAt: TEN + 5 * MINUTE }]);
      expect(whole[0]?.buckets.map(({ at }) => at)).toEqual([1, 2, 3, 4, 5].map((minute) => TEN + minute * MINUTE));
      const part = await journeys.countTrouble({ ...failed, to: TEN + 3 * MINUTE }, null, 9);
      expect(part).toMatchObject([{ count: 2, firstAt: TEN + MINUTE }]);
      expect((await journeys.listTrouble(failed, "oldest", 2)).map((row) => row.primary)).toEqual(["SO-1", "SO-2"]);
      expect(await journeys.count({ flows: [orders], states: ["failed"], closed }, 99)).toBe(5);
    });

    it("are counted as they are listed, whatever is asked, up to a limit", async () => {
      const storage = await kit.open("writer");
      await storage.projection.commit(
        makeChange({ journeys: trouble(), units: [makeUnit([order("SO-10")])], keys: [order("SO-10")] }),
      );
      const { journeys } = storage;
      const both = { flows: [orders, refunds] };
      const questions: readonly JourneyQuery[] = [
        both,
        { flows: [] },
        { ...both, states: ["failed", "in_progress"] },
        { ...both, from: TEN - 3, to: TEN },
        { ...both, step: posted, field: null },
        { ...both, sinceFrom: TEN + MINUTE, sinceTo: TEN + 3 * MINUTE },
        { ...both, reason: "missing_field", sinceFrom: TEN + MINUTE, from: TEN - 4 },
        { ...both, keyForm: "so10" },
      ];
      for (const query of questions) {
        const { items } = await journeys.list(query, { cursor: null, limit: 500 });
        expect(await journeys.count(query, 500)).toBe(items.length);
      }
      expect(await journeys.count(both, 500)).toBe(13);
      expect(await journeys.count(both, 5)).toBe(5);
    });
  });
};
