import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FlowVersion } from "#lib/flow/flow-version.ts";
import type { StoredEvent } from "#lib/event/hop-event.ts";
import type { Judgement } from "#lib/journey/judgement.ts";
import { journeys } from "#test/support/journey-arbitrary.ts";
import { judged, second, seenTo, start } from "#test/support/journey-builder.ts";
import { naiveJudge, type NaiveAnswer, type NaiveContext } from "#test/support/naive-judge.ts";

const contexts: fc.Arbitrary<NaiveContext> = fc
  .record({
    now: fc.integer({ min: 0, max: 20 }),
    eyes: fc.array(fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.constantFrom("a", "b")), { maxLength: 2 }), {
      minLength: 3,
      maxLength: 3,
    }),
    population: fc.option(
      fc.record({ due: fc.integer({ min: 8, max: 14 }), missing: fc.integer({ min: 8, max: 12 }) }),
    ),
  })
  .map(({ now, eyes, population }) => ({
    now: start + now * second,
    eyes: (step) => (eyes[step.charCodeAt(1) % 3] ?? []).map(([t, source]) => seenTo(t, source)),
    population: () => population,
  }));

const toAnswer = ({ state, verdict, steps, endedBy }: Judgement): NaiveAnswer => ({
  state,
  reason: verdict.reason,
  step: verdict.step,
  hop: verdict.hop,
  field: verdict.field,
  values: verdict.values,
  since: verdict.since,
  endedBy,
  steps: steps.map(({ id, status, at, dueAt, attempts }) => ({ id, status, at, dueAt, attempts })),
});

const engine = (version: FlowVersion, events: readonly StoredEvent[], context: NaiveContext): NaiveAnswer =>
  toAnswer(judged(version, events, { now: context.now, eyes: context.eyes, population: context.population }));

describe("the engine against a plain recomputation from all events", () => {
  it("says the same of every journey", () => {
    fc.assert(
      fc.property(journeys, contexts, ({ version, events }, context) => {
        expect(engine(version, events, context)).toEqual(naiveJudge(version.declaration, events, context));
      }),
      { numRuns: 2000 },
    );
  });
});
