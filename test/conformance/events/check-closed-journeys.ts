import { describe, expect, it } from "vitest";
import type { JourneyCursor } from "#lib/storage/journey-index.ts";
import { type EventAdapter, useEventBed } from "#test/conformance/events/event-bed.ts";
import { makeChange, makeFailed, makeJourney, orders, posted, refunds, TEN } from "#test/conformance/events/make.ts";

const failing = (number: number) => makeFailed(`SO-${number}`, { startedAt: TEN + number, since: TEN + number });
const closed = [
  { flow: orders, primary: "SO-1" },
  { flow: orders, primary: "SO-5" },
  { flow: orders, primary: "SO-9" },
  { flow: refunds, primary: "SO-2" },
  { flow: orders, primary: "never seen" },
];
const alike = {
  flow: orders,
  step: posted,
  reason: "missing_field",
  errorClass: "missing_field",
  field: "tax_no",
} as const;

export const checkClosedJourneys = (adapter: EventAdapter): void => {
  describe(`journeys closed by hand in ${adapter.name}`, () => {
    const kit = useEventBed(adapter);
    const make = async () => {
      const { projection, journeys } = await kit.open("writer");
      await projection.commit(
        makeChange({
          journeys: [
            ...Array.from({ length: 8 }, (_, index) => failing(index + 1)),
            makeJourney("SO-9", { startedAt: TEN + 9, state: "completed" }),
            makeJourney("SO-10", { startedAt: TEN + 10 }),
          ],
        }),
      );
      return journeys;
    };

    it("lists neither of them, on any page, unless completed", async () => {
      const journeys = await make();
      const read = async (cursor: JourneyCursor | null): Promise<readonly string[]> => {
        const page = await journeys.list({ flows: [orders, refunds], closed }, { cursor, limit: 3 });
        const names = page.items.map(({ primary }) => primary);
        return page.next === null ? names : [...names, ...(await read(page.next))];
      };
      expect(await read(null)).toEqual(["SO-10", "SO-9", "SO-8", "SO-7", "SO-6", "SO-4", "SO-3", "SO-2"]);
      const ofStep = await journeys.list({ flows: [orders], step: posted, closed }, { cursor: null, limit: 9 });
      expect(ofStep.items.map(({ primary }) => primary)).toEqual(["SO-8", "SO-7", "SO-6", "SO-4", "SO-3", "SO-2"]);
      expect((await journeys.list({ flows: [orders] }, { cursor: null, limit: 20 })).items).toHaveLength(10);
    });

    it("counts none of them by state, as alike or as failures", async () => {
      const journeys = await make();
      expect((await journeys.countByState([orders], closed)).get(orders)).toMatchObject({
        failed: 6,
        completed: 1,
        in_progress: 1,
      });
      expect(await journeys.countAlike(alike)).toEqual({ count: 8, since: TEN + 1 });
      expect(await journeys.countAlike(alike, closed)).toEqual({ count: 6, since: TEN + 2 });
      const span = { flows: [orders], from: TEN, to: TEN + 99, closed };
      expect(await journeys.countFailures(span, ["step"], 9)).toEqual([
        {
          group: { step: posted },
          count: 6,
          firstAt: TEN + 2,
          lastAt: TEN + 8,
          newest: [8, 7, 6, 4, 3].map((number) => ({ flow: orders, primary: `SO-${number}` })),
        },
      ]);
      const all = Array.from({ length: 8 }, (_, index) => ({ flow: orders, primary: `SO-${index + 1}` }));
      expect(await journeys.countAlike(alike, all)).toEqual({ count: 0, since: null });
      expect(await journeys.countFailures({ ...span, closed: all }, ["step"], 9)).toEqual([]);
    });
  });
};
