import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { journeyGraph } from "#components/journey/journey-graph.ts";
import { journeyLayout, type JourneyLayout } from "#components/journey/layout.ts";
import { asOf } from "#test/fixtures/record/build-journey.ts";
import { randomJourney } from "#test/components/journey/random-journey.ts";

const now = Date.parse(asOf);
const drawings = fc.tuple(randomJourney, fc.boolean()).map(([journey, unfolded]) => ({
  journey,
  layout: journeyLayout(journey, { asOf: now, unfolded }),
}));
const check = (
  property: (drawn: { journey: Parameters<typeof journeyLayout>[0]; layout: JourneyLayout }) => void,
  how: { readonly seed?: number } = {},
): void => fc.assert(fc.property(drawings, property), { numRuns: 400, ...how });

describe("any journey's drawing", () => {
  it("puts no two stops in one place", () => {
    check(({ layout }) => {
      const places = layout.stops.map((stop) => `${stop.column} ${stop.rail}`);
      expect(new Set(places).size).toBe(places.length);
    });
  });

  it("leads every line from left to right between stops that are drawn", () => {
    check(({ layout }) => {
      const byId = new Map(layout.stops.map((stop) => [stop.id, stop]));
      for (const link of layout.links) {
        expect(byId.get(link.from)?.column).toBe(link.fromColumn);
        expect(byId.get(link.to)?.rail).toBe(link.toRail);
        expect(link.toColumn).toBeGreaterThan(link.fromColumn);
      }
    });
  });

  it("runs no line through a stop it does not belong to", () => {
    check(({ layout }) => {
      for (const link of layout.links) {
        for (const stop of layout.stops) {
          if (stop.id === link.from || stop.id === link.to) continue;
          const along = stop.rail === link.rail && stop.column > link.fromColumn && stop.column < link.toColumn;
          const [top, bottom] = [Math.min(link.fromRail, link.rail), Math.max(link.fromRail, link.rail)];
          const across = stop.column === link.fromColumn && stop.rail >= top && stop.rail <= bottom;
          expect(along || across, `${link.from}..${link.to} meets ${stop.id}`).toBe(false);
        }
      }
    });
  });

  it("lays no two lines along one stretch", () => {
    check(({ layout }) => {
      layout.links.forEach((link, index) => {
        for (const other of layout.links.slice(index + 1)) {
          const apart =
            link.rail !== other.rail || link.toColumn <= other.fromColumn || other.toColumn <= link.fromColumn;
          expect(apart, `${link.from}..${link.to} lies on ${other.from}..${other.to}`).toBe(true);
        }
      });
    });
  });

  const keepsJoinsApart = ({ layout }: { readonly layout: JourneyLayout }): void => {
    const joins = layout.links.filter((link) => link.rail !== link.toRail);
    for (const one of joins) {
      for (const other of joins) {
        if (one.to === other.to || one.toColumn !== other.toColumn || one.joinSlot !== other.joinSlot) continue;
        const [low, high] = [Math.min(one.rail, one.toRail), Math.max(one.rail, one.toRail)];
        const [from, to] = [Math.min(other.rail, other.toRail), Math.max(other.rail, other.toRail)];
        expect(high < from || to < low).toBe(true);
      }
    }
  };

  it("keeps the lines into different stops apart in the gap before a column", () => {
    check(keepsJoinsApart);
  });

  it("keeps them apart too where a stop's second line comes from farther than its first", () => {
    check(keepsJoinsApart, { seed: -1606035505 });
  });

  it("shows each step once: at its own stop, in a fold, or among those left out", () => {
    check(({ journey, layout }) => {
      const drawn = layout.stops.flatMap((stop) => stop.steps);
      const never = journey.names.shape.filter((step) => step.ends && !drawn.includes(step.id)).map((step) => step.id);
      expect([...drawn, ...layout.leftOut, ...never].toSorted()).toEqual(
        journey.steps.map((step) => step.id).toSorted(),
      );
    });
  });

  it("never folds away what is broken, late, unknown or not seen", () => {
    check(({ layout, journey }) => {
      for (const stop of layout.stops.filter((each) => each.steps.length > 1)) {
        const statuses = stop.steps.map((id) => journey.steps.find((step) => step.id === id)?.status);
        expect(
          statuses.every((status) => status === "pending") ||
            statuses.every((status) => status === "settled" || status === "skipped"),
        ).toBe(true);
        expect(stop.steps).not.toContain(journey.verdict.step);
      }
    });
  });

  it("keeps who comes before whom through folding", () => {
    check(({ journey, layout }) => {
      const stopOf = new Map(layout.stops.flatMap((stop) => stop.steps.map((id) => [id, stop] as const)));
      for (const link of journeyGraph(journey).links) {
        const [from, to] = [stopOf.get(link.from), stopOf.get(link.to)];
        if (from !== to) expect(from?.column).toBeLessThan(to?.column ?? -1);
      }
    });
  });

  it("draws every column and rail it announces", () => {
    check(({ layout }) => {
      const rails = new Set([...layout.stops.map((stop) => stop.rail), ...layout.links.map((link) => link.rail)]);
      expect(Math.max(...layout.stops.map((stop) => stop.column), -1)).toBe(layout.columns - 1);
      expect(rails.size).toBe(layout.rails);
    });
  });
});
