import { describe, expect, it } from "vitest";
import { fieldNeeds } from "#lib/field/field-needs.ts";

describe("what a contract needs", () => {
  it("lists required fields in the order of `required`, then the others as declared", () => {
    const needs = fieldNeeds({
      required: ["tax_no", "amount"],
      properties: {
        note: { type: "string" },
        amount: { type: "number", minimum: 0 },
        tax_no: { title: "Tax number", type: "string", minLength: 15, maxLength: 20 },
      },
    });
    expect(needs).toEqual([
      { field: "tax_no", title: "Tax number", required: true, expected: "string, 15–20 characters" },
      { field: "amount", required: true, expected: "number, ≥ 0" },
      { field: "note", required: false, expected: "string" },
    ]);
  });

  it("names what lies inside objects and lists", () => {
    const needs = fieldNeeds({
      properties: {
        buyer: { type: "object", required: ["name"], properties: { name: { type: "string" } } },
        lines: { type: "array", minItems: 1, items: { required: ["sku"], properties: { sku: { pattern: "^S" } } } },
      },
    });
    expect(needs.map(({ field, required }) => [field, required])).toEqual([
      ["buyer", false],
      ["buyer.name", true],
      ["lines", false],
      ["lines[].sku", true],
    ]);
    expect(needs.at(-1)?.expected).toBe("pattern ^S");
  });

  it("follows local references, also one that leads to itself, and one with a name to unescape", () => {
    const needs = fieldNeeds({
      $defs: { "a/b": { title: "Node", properties: { child: { $ref: "#/$defs/a~1b" } } } },
      properties: { root: { $ref: "#/$defs/a~1b" } },
    });
    expect(needs[0]).toEqual({ field: "root", title: "Node", required: false, expected: "" });
    expect(needs.length).toBeGreaterThan(2);
  });

  it("does not call required what only one branch asks for", () => {
    const needs = fieldNeeds({
      properties: { kind: { enum: ["company", "person"] } },
      allOf: [{ required: ["kind"] }],
      if: { properties: { kind: { const: "company" } } },
      then: { required: ["tax_no"] },
    });
    expect(needs).toEqual([
      { field: "kind", required: true, expected: "company | person" },
      { field: "tax_no", required: false, expected: "" },
    ]);
  });

  it("asks for nothing where the contract is no object of members", () => {
    expect(fieldNeeds(true)).toEqual([]);
    expect(fieldNeeds({ type: "string" })).toEqual([]);
    expect(fieldNeeds(null)).toEqual([]);
  });
});
