import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createFlowMatcher } from "#lib/flow/flow-matcher.ts";
import type { Flow, FlowVersion } from "#lib/flow/flow-version.ts";
import { matchStep, type MatchableEvent } from "#lib/flow/match-step.ts";
import { flowWith } from "./flow-sample.ts";

type Named = Partial<Record<"flow" | "step" | "system" | "point", string>>;

/** An event as the parser makes it; ids in a test are plain texts. */
const event = (named: Named, keys: Record<string, string[]> = { order_no: ["SO-1"] }): MatchableEvent =>
  ({ ...named, keys }) as unknown as MatchableEvent;

const flow = flowWith(
  "id: placed, system: oms",
  "id: paid, system: payment, point: payments.captured",
  "id: refunded, system: payment, point: payments.refunded",
  "id: posted, system: finance",
  "id: audited, system: finance, point: audit",
);

describe("an event", () => {
  it.each([
    [{ step: "paid" }, "paid"],
    [{ step: "paid", system: "payment" }, "paid"],
    [{ flow: "f", step: "paid" }, "paid"],
    [{ system: "oms" }, "placed"],
    [{ system: "oms", point: "anything" }, "placed"],
    [{ system: "payment", point: "payments.refunded" }, "refunded"],
    [{ step: "paid", point: "payments.captured" }, "paid"],
  ] as [Named, string][])("naming %j belongs to %s", (named, step) => {
    expect(matchStep(event(named), flow)).toBe(step);
  });

  it.each([
    { step: "unknown" },
    { step: "paid", system: "oms" },
    { flow: "other", step: "paid" },
    { system: "nowhere" },
    { step: "paid", point: "payments.refunded" },
    { system: "payment", point: "elsewhere" },
  ] as Named[])("naming %j belongs to no step", (named) => {
    expect(matchStep(event(named), flow)).toBeNull();
  });

  it("that two steps could be of is ambiguous", () => {
    expect(matchStep(event({ system: "payment" }), flow)).toBe("ambiguous_step");
  });

  it("is not given to the step with a point where one without would do as well", () => {
    expect(matchStep(event({ system: "finance", point: "audit" }), flow)).toBe("ambiguous_step");
    expect(matchStep(event({ system: "finance", point: "else" }), flow)).toBe("posted");
  });

  it("needs a primary or alias key of the flow", () => {
    expect(matchStep(event({ step: "paid" }, { payment_no: ["P-1"] }), flow)).toBe("paid");
    expect(matchStep(event({ step: "paid" }, { customer_phone: ["1"] }), flow)).toBeNull();
    expect(matchStep(event({ step: "paid" }, { constructor_no: ["1"] }), flow)).toBeNull();
  });
});

describe("a matcher of many flows", () => {
  const version = (declaration: Flow, hash: string): Pick<FlowVersion, "flow" | "hash" | "declaration"> => ({
    flow: declaration.flow,
    hash,
    declaration,
  });

  it("says of every event what matching flow by flow says", () => {
    const text = fc.constantFrom("a", "b", "c", undefined);
    const step = fc.record({ id: fc.constantFrom("a", "b", "c"), system: fc.constantFrom("a", "b", "c"), point: text });
    const declared = fc.uniqueArray(step, { minLength: 1, maxLength: 3, selector: (one) => one.id });
    const named = fc.record({ flow: fc.constantFrom("f", "g", undefined), step: text, system: text, point: text });
    const keys = fc.constantFrom("order_no", "payment_no", "other").map((type) => ({ [type]: ["1"] }));
    fc.assert(
      fc.property(fc.array(declared, { maxLength: 3 }), named, keys, (flows, names, carried) => {
        const versions = flows.map((steps, at) =>
          version(
            flowWith(
              ...steps.map(
                (one) =>
                  `id: ${one.id}, system: ${one.system}${one.point === undefined ? "" : `, point: ${one.point}`}`,
              ),
            ),
            `v${at}`,
          ),
        );
        const seen = event(
          Object.fromEntries(Object.entries(names).filter(([, value]) => value !== undefined)),
          carried,
        );
        const expected = versions.flatMap((one) => {
          const found = matchStep(seen, one.declaration);
          return found === null ? [] : [`${one.hash} ${found}`];
        });
        expect(createFlowMatcher(versions)(seen).map((match) => `${match.version.hash} ${match.step}`)).toEqual(
          expected,
        );
      }),
    );
  });
});
