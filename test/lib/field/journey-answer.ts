import type { CheckResult } from "#lib/contract/check-result.ts";
import type { EventAnswer, FieldNeed, JourneyAnswer, VerdictAnswer } from "#lib/record/record-answer.ts";

interface Seen {
  readonly step: string;
  readonly at: number;
  readonly payload?: unknown;
  readonly outcome?: EventAnswer["outcome"];
  readonly checks?: Readonly<Record<string, CheckResult>>;
  readonly masks?: NonNullable<EventAnswer["masks"]>;
}

const time = (second: number): string => new Date(Date.UTC(2026, 10, 23, 10, 2, second)).toISOString();

const toEvent = ({ step, at, ...seen }: Seen): EventAnswer => ({
  id: `${step}-${at}`,
  source: "test",
  time: time(at),
  ingestedAt: time(at),
  operation: "process",
  outcome: "ok",
  keys: { order_no: ["SO-1"] },
  matchedStep: step,
  ...seen,
});

interface Told {
  /** Steps in a row, `after` the one before, unless told otherwise. */
  readonly steps: readonly (string | { readonly id: string; readonly after: readonly string[] })[];
  readonly seen: readonly Seen[];
  readonly verdict?: Partial<VerdictAnswer>;
  readonly needs?: Readonly<Record<string, readonly FieldNeed[]>>;
  readonly warnings?: JourneyAnswer["warnings"];
}

/** A journey as the table of fields reads it. */
export function journeyAnswer({ steps, seen, verdict = {}, needs = {}, warnings = [] }: Told): JourneyAnswer {
  const shape = steps.map((step, index) => {
    const id = typeof step === "string" ? step : step.id;
    const before = steps[index - 1];
    const previous = before === undefined ? [] : [typeof before === "string" ? before : before.id];
    const after = typeof step === "string" ? previous : step.after;
    return { id, after, afterAny: [], optional: false, ends: false, needs: needs[id] ?? [] };
  });
  return {
    flow: "f",
    primary: "SO-1",
    state: "overdue",
    verdict: {
      state: "overdue",
      reason: "not_seen",
      step: null,
      hop: null,
      since: time(0),
      summary: { en: "", zh: "" },
      confidence: "high",
      owners: {},
      evidence: [],
      ...verdict,
    },
    steps: shape.map(({ id }) => ({ id, system: `system-${id}`, status: "settled", attempts: 0 })),
    hops: [],
    events: seen.map(toEvent).toReversed(),
    eventsTotal: seen.length,
    links: [],
    warnings,
    startedAt: time(0),
    lastEventAt: time(0),
    flowVersion: "v1",
    names: { primary: "order_no", flow: {}, steps: {}, systems: {}, teams: {}, shape },
  };
}

export const missing = (field: string): CheckResult => ({
  result: "breached",
  findings: [{ kind: "missing_field", field, expected: "required" }],
});

export const malformed = (field: string, expected: string): CheckResult => ({
  result: "breached",
  findings: [{ kind: "bad_format", field, expected }],
});
