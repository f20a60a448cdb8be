import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { journeyLanes } from "#components/journey/lanes.ts";
import { journeyLayout } from "#components/journey/layout.ts";
import { asOf } from "#test/fixtures/record/build-journey.ts";
import { so1042Journey } from "#test/fixtures/record/so-1042.ts";
import { randomJourney } from "#test/components/journey/random-journey.ts";

const now = Date.parse(asOf);
const lanesOfSo1042 = journeyLanes(journeyLayout(so1042Journey, { asOf: now }));

describe("the journey on a phone", () => {
  it("has the newest first, and what is broken above what is only not known", () => {
    expect(lanesOfSo1042.rows.map((row) => row.stop.id)).toEqual([
      "closed",
      "posted",
      "shipped",
      "picked",
      "crm_exported",
      "paid",
      "crm_received",
      "placed",
    ]);
  });

  it("names the branch of every step but of those on the common way", () => {
    expect(lanesOfSo1042.rows.map((row) => row.branch)).toEqual([
      null,
      "posted",
      "shipped",
      "shipped",
      "posted",
      "shipped",
      "posted",
      null,
    ]);
  });

  it("bends a branch out of its first step and into the one that joins", () => {
    expect(lanesOfSo1042.rows.at(-1)?.bends).toEqual([{ lane: 1, line: "solid", towards: "above" }]);
    expect(lanesOfSo1042.rows[0]?.bends).toEqual([{ lane: 1, line: "waiting", towards: "below" }]);
  });

  it("never stands a step above one that follows it, and stays within four lanes", () => {
    fc.assert(
      fc.property(randomJourney, fc.boolean(), (journey, unfolded) => {
        const layout = journeyLayout(journey, { asOf: now, unfolded });
        const { rows, lanes } = journeyLanes(layout);
        const rowOf = new Map(rows.map((row, index) => [row.stop.id, index]));
        expect(rows).toHaveLength(layout.stops.length);
        expect(lanes).toBeLessThanOrEqual(4);
        for (const link of layout.links) expect(rowOf.get(link.to)).toBeLessThan(rowOf.get(link.from) ?? -1);
        for (const row of rows) for (const part of [...row.pieces, ...row.bends]) expect(part.lane).toBeLessThan(4);
      }),
      { numRuns: 300 },
    );
  });

  it("draws every link from its upper row to its lower row without a gap", () => {
    fc.assert(
      fc.property(randomJourney, (journey) => {
        const layout = journeyLayout(journey, { asOf: now });
        const { rows } = journeyLanes(layout);
        const rowOf = new Map(rows.map((row, index) => [row.stop.id, index]));
        for (const link of layout.links) {
          const [top, bottom] = [rowOf.get(link.to) ?? 0, rowOf.get(link.from) ?? 0];
          const lane = Math.min(link.rail, 3);
          rows.slice(top, bottom + 1).forEach((row, index) => {
            const isEnd = index === 0 || index === bottom - top;
            const through =
              row.pieces.some((piece) => piece.lane === lane) ||
              (isEnd && row.bends.some((bend) => bend.lane === lane));
            expect(through, `${link.from}..${link.to} at ${row.stop.id}`).toBe(true);
          });
        }
      }),
      { numRuns: 200 },
    );
  });
});
