import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkKept } from "#lib/contract/check-kept.ts";
import { checkPayload } from "#lib/contract/check-payload.ts";
import type { CheckResult } from "#lib/contract/check-result.ts";
import { compileSchema } from "#lib/contract/compile-schema.ts";
import type { MaskFact } from "#lib/event/hop-event.ts";
import { createValueMasker } from "#lib/privacy/mask-value.ts";
import { defaultMaskingPolicy } from "#lib/privacy/masking-policy.ts";

const mask = (payload: unknown): { value: unknown; masks: Readonly<Record<string, MaskFact>> } => {
  const masker = createValueMasker(defaultMaskingPolicy, { neverMask: new Set(), hash: (text) => `#${text}` });
  return { value: masker.mask(payload, "/payload"), masks: masker.masks() ?? {} };
};

/** What the schema says of the payload after it was masked. */
const judge = (schema: unknown, payload: unknown): CheckResult => {
  const { value, masks } = mask(payload);
  return checkKept({ hash: JSON.stringify(schema), schema }, value, masks, "/payload");
};

const field = (rules: unknown) => ({ required: ["phone"], properties: { phone: rules } });
const result = (rules: unknown, payload: unknown = { phone: "13800138000" }): string =>
  judge(field(rules), payload).result;

describe("a contract on what was kept of masked text", () => {
  it("knows presence, type, length and format", () => {
    expect(result({ type: "string", minLength: 11, maxLength: 11 })).toBe("ok");
    expect(result({ minLength: 12 })).toBe("breached");
    expect(result({ type: "integer" })).toBe("breached");
    expect(judge({ properties: { email: { format: "email" } } }, { email: "bob@example.com" }).result).toBe("ok");
    expect(judge({ properties: { email: { format: "email" } } }, { email: "bob at home" }).result).toBe("breached");
    expect(judge({ required: ["phone", "tax_no"] }, { phone: "13800138000" })).toMatchObject({
      result: "breached",
      findings: [{ field: "tax_no" }],
    });
  });

  it("knows that a blank text was blank, which needs no mask", () => {
    expect(judge(field({}), { phone: "  " })).toMatchObject({
      result: "breached",
      findings: [{ kind: "missing_field", field: "phone" }],
    });
  });

  it("knows whether a number stood there", () => {
    expect(result({ type: "integer" }, { phone: 13_800_138_000 })).toBe("ok");
    expect(result({ type: "string" }, { phone: 13_800_138_000 })).toBe("breached");
    expect(result({ minimum: 5 }, { phone: 13_800_138_000 })).toBe("unknown");
  });

  it("does not know patterns, and says of which field", () => {
    expect(judge(field({ pattern: "^1" }), { phone: "13800138000" })).toEqual({ result: "unknown", fields: ["phone"] });
    const lines = { properties: { lines: { items: { properties: { phone: { pattern: "^1" } } } } } };
    expect(judge(lines, { lines: [{}, { phone: "13800138000" }] })).toEqual({
      result: "unknown",
      fields: ["lines[1].phone"],
    });
  });

  it("knows a choice only where no choice is as long as the text was", () => {
    expect(result({ enum: ["none", "unknown"] })).toBe("breached");
    expect(result({ enum: ["none", "13800138000"] })).toBe("unknown");
    expect(result({ const: "13900139000" })).toBe("unknown");
  });

  it("finds what is wrong for certain beside what it does not know", () => {
    expect(
      judge({ required: ["phone", "x"], properties: { phone: { pattern: "^1" } } }, { phone: "13800138000" }).result,
    ).toBe("breached");
    expect(
      judge({ required: ["x"], properties: { phone: { not: { pattern: "^1" } } } }, { phone: "13800138000" }).result,
    ).toBe("breached");
  });

  it("does not guess where a negation turns the answer", () => {
    expect(result({ not: { pattern: "^2" } })).toBe("unknown");
    expect(
      judge({ if: { properties: { phone: { pattern: "^1" } } }, then: { required: ["x"] } }, { phone: "13800138000" })
        .result,
    ).toBe("unknown");
  });

  it("knows which masked texts were equal", () => {
    const schema = { properties: { phones: { uniqueItems: true } } };
    expect(judge(schema, { phones: ["13800138000", "13800138000"] }).result).toBe("breached");
    expect(judge(schema, { phones: ["13800138000", "13900139000"] }).result).toBe("ok");
  });

  it("judges whens by their own base", () => {
    const masks = { "/payload/phone": { rule: "phone", blank: false, length: 11, formats: [], hash: "h" } };
    const schema = { properties: { payload: { properties: { phone: { pattern: "^1" } } } } };
    expect(
      checkKept({ hash: JSON.stringify(schema), schema }, { payload: { phone: "138****8000" } }, masks, ""),
    ).toEqual({
      result: "unknown",
      fields: ["payload.phone"],
    });
  });

  it("never says otherwise than was said before masking: the same, or unknown", () => {
    const rule = fc.oneof(
      fc.constantFrom<unknown>(
        { pattern: "^1[0-9]+$" },
        { pattern: "@" },
        { format: "email" },
        { format: "date" },
        { format: "ipv4" },
      ),
      fc.nat(14).map((minLength) => ({ minLength })),
      fc.nat(14).map((maxLength) => ({ maxLength })),
      fc.constantFrom<unknown>(
        { type: "string" },
        { type: "integer" },
        { type: ["integer", "null"] },
        { minimum: 5 },
        { maximum: 1e10 },
      ),
      fc.constantFrom<unknown>(
        { enum: ["13800138000", null] },
        { enum: ["", "a@b.cn"] },
        { const: "" },
        { const: 13_800_138_000 },
      ),
    );
    const rules = fc.letrec<{ one: unknown; some: unknown }>((tie) => ({
      one: fc.oneof({ depthSize: "small" }, rule, tie("some")),
      some: fc
        .tuple(fc.constantFrom("allOf", "anyOf", "oneOf", "not", "if"), tie("one"), tie("one"))
        .map(([how, a, b]) => (how === "not" ? { not: a } : how === "if" ? { if: a, then: b } : { [how]: [a, b] })),
    })).one;
    const value = fc.constantFrom<unknown>(
      "13800138000",
      "a@b.cn",
      "",
      "  ",
      null,
      13_800_138_000,
      7,
      "192.168.0.1",
      "张三",
    );
    const schema = fc
      .record({ phone: rules, email: rules, other: rules })
      .chain((properties) => fc.subarray(["phone", "email", "other"]).map((required) => ({ required, properties })));
    const payload = fc.record({ phone: value, email: value, other: value }, { requiredKeys: [] });
    fc.assert(
      fc.property(schema, payload, (one, given) => {
        const before = checkPayload(compileSchema(one), given);
        const after = judge(one, given);
        if (after.result !== "unknown") expect(after.result).toBe(before.result);
      }),
      { numRuns: 150 },
    );
  });
});
