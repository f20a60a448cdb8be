import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Countable, countOnce } from "#ingest/projection/count-once.ts";
import type { Unit } from "#lib/storage/projection.ts";

const nothing: Pick<Unit, "eventsTotal" | "counted"> = { eventsTotal: 0 };
const one = (writer: string, sequence: number, firstVersion = "v1"): Countable => ({
  arrival: { writer, sequence },
  firstVersion,
});

describe("counting events of a unit", () => {
  it("counts what comes in several portions once, however often each is projected again before the next", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            writer: fc.constantFrom("a", "b"),
            size: fc.integer({ min: 1, max: 4 }),
            times: fc.integer({ min: 1, max: 3 }),
          }),
        ),
        (portions) => {
          const next = new Map<string, number>();
          let unit = nothing;
          let sent = 0;
          for (const { writer, size, times } of portions) {
            const from = next.get(writer) ?? 1;
            next.set(writer, from + size);
            sent += size;
            const events = Array.from({ length: size }, (_, at) => one(writer, from + at));
            for (let time = 0; time < times; time += 1) unit = countOnce(unit, events);
          }
          expect(unit.eventsTotal).toBe(sent);
        },
      ),
    );
  });

  it("counts what only a later version has a step for although later ones were counted", () => {
    const unit = countOnce(countOnce(nothing, [one("a", 7)]), [one("a", 3, "v2")]);
    expect(unit.eventsTotal).toBe(2);
    expect(countOnce(unit, [one("a", 3, "v2"), one("a", 7)]).eventsTotal).toBe(2);
  });

  it("keeps the marks of the newest writers only", () => {
    const unit = countOnce(
      nothing,
      Array.from({ length: 300 }, (_, at) => one(`w${1_000 + at}`, 1)),
    );
    expect(unit.eventsTotal).toBe(300);
    expect(Object.keys(unit.counted ?? {})).toHaveLength(200);
    expect(countOnce(unit, [one("w1299", 1)]).eventsTotal).toBe(300);
  });
});
