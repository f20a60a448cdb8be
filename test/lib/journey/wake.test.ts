import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Wake } from "#lib/journey/judgement.ts";
import { journeys } from "#test/support/journey-arbitrary.ts";
import { at, judged, seenTo } from "#test/support/journey-builder.ts";

const sources = ["a", "b"] as const;
type Watermarks = Readonly<Record<(typeof sources)[number], number>>;

const watermarks = fc.record({ a: fc.integer({ min: -1, max: 20 }), b: fc.integer({ min: -1, max: 20 }) });
/** Which sources each step has, by the last character of its id. */
const reporting = fc.array(fc.subarray([...sources]), { minLength: 7, maxLength: 7 });

const eyesOf = (who: readonly (readonly (typeof sources)[number][])[], seen: Watermarks) => (step: string) =>
  (who[step.charCodeAt(1) % 7] ?? []).map((source) => seenTo(seen[source], source));

const wakes = ({ at: time, source, more = [] }: Wake, now: number, seen: Watermarks): boolean => {
  if (time !== undefined && time <= now) return true;
  const waits = [{ source }, ...more];
  return waits.some((wait) =>
    sources.some((name) => wait.source?.source === name && wait.source.after < at(seen[name])),
  );
};

describe("a stored judgement", () => {
  it("still holds as long as nothing it waits for has come", () => {
    let held = 0;
    const later = fc.record({
      now: fc.nat(20),
      seen: watermarks,
      then: fc.nat(40),
      thenSeen: watermarks,
      who: reporting,
    });
    fc.assert(
      fc.property(journeys, later, ({ version, events }, { now, seen, then, thenSeen, who }) => {
        const before = judged(version, events, { now: at(now), eyes: eyesOf(who, seen) });
        const moved = { a: Math.max(seen.a, thenSeen.a), b: Math.max(seen.b, thenSeen.b) };
        const time = at(Math.max(now, then));
        if (wakes(before.wake, time, moved)) return;
        held += 1;
        const after = judged(version, events, { now: time, eyes: eyesOf(who, moved) });
        expect(after.steps).toEqual(before.steps);
        expect([
          after.state,
          after.verdict.reason,
          after.verdict.step,
          after.verdict.field,
          after.verdict.since,
        ]).toEqual([
          before.state,
          before.verdict.reason,
          before.verdict.step,
          before.verdict.field,
          before.verdict.since,
        ]);
      }),
      { numRuns: 1500 },
    );
    expect(held).toBeGreaterThan(100);
  });
});
