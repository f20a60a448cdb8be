import fc from "fast-check";
import type { CheckResult } from "#lib/contract/check-result.ts";
import { errorClasses, operations, outcomes, type StoredEvent } from "#lib/event/hop-event.ts";
import type { FlowVersion } from "#lib/flow/flow-version.ts";
import { eventOf, versionOf, type StepDraft } from "#test/support/journey-builder.ts";

const ids = ["s0", "s1", "s2", "s3", "s4", "s5"] as const;
const contracts = ["contract-a", "contract-b"] as const;
const whens = ["when-a", "when-b"] as const;

const rarely = fc.nat(4).map((n) => n === 0);

/** A step that may stand behind any of those declared before it; ends steps stand before nobody. */
const draftOf = (earlier: readonly string[]): fc.Arbitrary<StepDraft> =>
  fc
    .record({
      before: fc.oneof(
        {
          weight: 4,
          arbitrary: fc.subarray([...earlier], {
            minLength: Math.min(1, earlier.length),
            maxLength: Math.min(2, earlier.length),
          }),
        },
        { weight: 1, arbitrary: fc.constant([]) },
      ),
      any: rarely,
      within: fc.option(fc.integer({ min: 0, max: 6 }), { freq: 4, nil: undefined }),
      per: rarely,
      optional: fc.nat(2).map((n) => n === 0),
      sends: rarely,
      strict: rarely,
      system: fc.constantFrom("x", "y", "z"),
      when: fc.option(fc.constantFrom(...whens), { freq: 2, nil: undefined }),
      contract: fc.option(fc.constantFrom(...contracts), { freq: 2, nil: undefined }),
    })
    .map(({ before, any, within, per, when, contract, ...rest }) => ({
      ...rest,
      ...(any && before.length > 0 ? { afterAny: before } : { after: before }),
      ...(within !== undefined && { within }),
      ...(per && { per: "waybill_no" }),
      ...(when !== undefined && { when }),
      ...(contract !== undefined && { contract }),
    }));

/** A flow of up to six steps in any shape without cycles, sometimes with a step that ends it, declared in any order. */
const versions: fc.Arbitrary<FlowVersion> = fc
  .tuple(
    fc
      .integer({ min: 1, max: 6 })
      .chain((count) => fc.tuple(...ids.slice(0, count).map((_, i) => draftOf(ids.slice(0, i))))),
    rarely,
    fc.nat(),
  )
  .map(([drafts, ends, turn]) => {
    const steps = Object.entries(Object.fromEntries(drafts.map((draft, i) => [ids[i] ?? "", draft])));
    if (ends) steps.push(["end", { system: "x", ends: true, after: turn % 2 === 0 ? [] : ["s0"] }]);
    const cut = turn % steps.length;
    return versionOf(Object.fromEntries([...steps.slice(cut), ...steps.slice(0, cut)]));
  });

const results: fc.Arbitrary<CheckResult> = fc.oneof(
  fc.constant<CheckResult>({ result: "ok" }),
  fc.constant<CheckResult>({ result: "unknown", fields: ["tax_no"] }),
  fc.constantFrom("missing_field" as const, "bad_format" as const).map((kind): CheckResult => ({
    result: "breached",
    findings: [
      { kind, field: "tax_no", expected: "required" },
      { kind: "bad_format", field: "amount", expected: "type number" },
    ],
  })),
);

/** One event at a step of the flow; few distinct times and sources, so that everything ties with everything. */
const eventAt = (version: FlowVersion, id: string): fc.Arbitrary<StoredEvent> =>
  fc
    .record({
      t: fc.nat(9),
      step: fc.constantFrom(...version.declaration.steps.map((step) => step.id)),
      source: fc.constantFrom("a", "b", "c"),
      outcome: fc.constantFrom("ok" as const, "ok" as const, ...outcomes),
      operation: fc.constantFrom("process" as const, "process" as const, ...operations),
      error: fc.option(
        fc.record({ class: fc.constantFrom(...errorClasses), field: fc.constantFrom("tax_no", "x", "") }),
      ),
      to: fc.option(fc.constantFrom("x", "y", "s1", "s2", "elsewhere")),
      waybills: fc.subarray(["W-1", "W-2", "W-3"]),
      payload: fc.boolean(),
      checks: fc.record(Object.fromEntries([...contracts, ...whens].map((hash) => [hash, results]))),
    })
    .map(({ error, to, payload, waybills, outcome, ...rest }) =>
      eventOf({
        ...rest,
        id,
        outcome,
        ...(waybills.length > 0 && { waybills }),
        ...(to !== null && { to }),
        ...(payload && { payload: { any: 1 } }),
        ...((outcome === "failed" || outcome === "retrying") &&
          error !== null && {
            error: error.field === "" ? { class: error.class } : { class: error.class, field: error.field },
          }),
      }),
    );

/** A flow with 1 to 12 events of one journey. */
export const journeys: fc.Arbitrary<{ readonly version: FlowVersion; readonly events: readonly StoredEvent[] }> =
  versions.chain((version) =>
    fc
      .integer({ min: 1, max: 12 })
      .chain((count) => fc.tuple(...Array.from({ length: count }, (_, i) => eventAt(version, `id-${i}`))))
      .map((events) => ({ version, events })),
  );
