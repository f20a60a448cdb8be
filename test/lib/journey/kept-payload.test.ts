import { describe, expect, it } from "vitest";
import { checkKept } from "#lib/contract/check-kept.ts";
import type { Step } from "#lib/flow/flow-version.ts";
import { matchStep } from "#lib/flow/match-step.ts";
import { judge } from "#lib/journey/judge.ts";
import { contextOf, eventOf, factsOf, statuses, versionOf } from "#test/support/journey-builder.ts";

const plain = versionOf({
  placed: {},
  checked: { after: "placed", when: "when-big" },
  posted: { after: "checked", within: 5, contract: "needs" },
});
const schemas: Readonly<Record<string, unknown>> = {
  "when-big": { properties: { attributes: { required: ["big"] } } },
  needs: {
    type: "object",
    required: ["tax_no", "phone"],
    properties: { phone: { type: "string", pattern: "^1[0-9]{10}$" } },
  },
};
const withSchemas = (step: Step): Step => ({
  ...step,
  ...(step.when !== undefined && { when: { hash: step.when.hash, schema: schemas[step.when.hash] } }),
  ...(step.contract !== undefined && { contract: { hash: step.contract.hash, schema: schemas[step.contract.hash] } }),
});
const version = { ...plain, declaration: { ...plain.declaration, steps: plain.declaration.steps.map(withSchemas) } };

const phone = { rule: "phone", blank: false, length: 11, formats: [], hash: "h" };
const judgeKept = (payload: object) => {
  const event = eventOf({ t: 0, step: "placed", payload, masks: { "/payload/phone": phone } });
  return judge(factsOf(version, [event], { matchStep, checkKept }), version, contextOf());
};

describe("a version saved after the events it judges", () => {
  it("judges contracts and `when`s on what was kept of them", () => {
    const judgement = judgeKept({ tax_no: " ", phone: "138****8000" });
    expect(judgement.verdict).toMatchObject({ step: "posted", reason: "missing_field", field: "tax_no" });
    expect(statuses(judgement)["checked"]).toBe("not_expected");
  });

  it("says that it can't tell where the masked text would decide", () => {
    const { verdict } = judgeKept({ tax_no: "9131", phone: "138****8000" });
    expect(verdict).toMatchObject({ step: "posted", reason: "not_seen", confidence: "medium" });
    expect(verdict.evidence.find(({ kind }) => kind === "contract")?.text.en).toContain("`phone`");
  });
});
