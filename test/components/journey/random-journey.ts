import fc from "fast-check";
import type { StepStatus } from "#lib/journey/judgement.ts";
import type { JourneyAnswer } from "#lib/record/record-answer.ts";
import { asOf, journeyOf, verdictOf, type StepSketch } from "#test/fixtures/record/build-journey.ts";

const statuses: readonly StepStatus[] = [
  "settled",
  "settled",
  "settled",
  "late",
  "passed",
  "skipped",
  "pending",
  "pending",
  "overdue",
  "failed",
  "unknown",
  "not_expected",
];

interface DrawnStep {
  readonly status: StepStatus;
  readonly after: readonly number[];
  readonly any: boolean;
  readonly optional: boolean;
  readonly ends: boolean;
  readonly within: boolean;
  readonly minute: number;
}

const toJourney = (drawn: readonly DrawnStep[], broken: number): JourneyAnswer => {
  const sketches = drawn.map((step, index): StepSketch => {
    const before = [...new Set(step.after.map((each) => each % Math.max(index, 1)))].filter((each) => each < index);
    const ids = before.filter((each) => drawn[each]?.ends === false).map((each) => `s${each}`);
    const seen = ["settled", "late", "skipped"].includes(step.status);
    return {
      id: `s${index}`,
      system: `system-${index % 4}`,
      ...(step.ends ? {} : step.any ? { afterAny: ids } : { after: ids }),
      optional: step.optional,
      ends: step.ends,
      ...(step.within ? { withinMs: 60_000, dueAt: `12:${String(step.minute).padStart(2, "0")}:30` } : {}),
      status: step.status,
      ...(seen ? { at: `12:${String(step.minute).padStart(2, "0")}:00` } : {}),
    };
  });
  const names = sketches.filter((step) => ["overdue", "failed", "unknown"].includes(step.status));
  const step = names.length === 0 ? null : (names[broken % names.length]?.id ?? null);
  return journeyOf(sketches, {
    flow: "drawn",
    primary: "X-1",
    named: { primary: "order_no", flow: {}, systems: {}, teams: {} },
    verdict: verdictOf({
      state: step === null ? "in_progress" : "overdue",
      step,
      summary: { en: "", zh: "" },
      since: asOf,
    }),
  });
};

/** Any flow a person could declare, and any statuses, also ones that the engine would never give together. */
export const randomJourney = fc
  .tuple(
    fc.array(
      fc.record({
        status: fc.constantFrom(...statuses),
        after: fc.array(fc.nat(30), { maxLength: 3 }),
        any: fc.boolean(),
        optional: fc.boolean(),
        ends: fc.nat(9).map((each) => each === 0),
        within: fc.boolean(),
        minute: fc.nat(59),
      }),
      { minLength: 1, maxLength: 16 },
    ),
    fc.nat(20),
  )
  .map(([drawn, broken]) => toJourney(drawn, broken));
