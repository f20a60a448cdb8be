import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkPayload } from "#lib/contract/check-payload.ts";
import { compileSchema } from "#lib/contract/compile-schema.ts";
import { isBlank, pruneBlank } from "#lib/contract/prune-blank.ts";
import { createSchemaPlace } from "#lib/contract/schema-place.ts";

/** `missing tax_no` or `bad email (format email)`, in order; `ok` where nothing is wrong. */
const check = (schema: unknown, value: unknown): readonly string[] => {
  const result = checkPayload(compileSchema(schema), value);
  if (result.result !== "breached") return [result.result];
  return result.findings.map(({ kind, field, expected }) =>
    kind === "missing_field" ? `missing ${field}` : `bad ${field} (${expected})`,
  );
};

const taxNo = { required: ["tax_no"], properties: { tax_no: { type: "string" } } };

describe("a contract", () => {
  it.each([[""], ["   "], ["\u3000\t\n"], [null], [undefined]])(
    "counts a required field that is %j as missing",
    (value) => {
      expect(check(taxNo, { tax_no: value })).toEqual(["missing tax_no"]);
    },
  );

  it("leaves an optional field that is blank out before it looks at its form", () => {
    expect(check({ properties: { email: { type: "string", format: "email" } } }, { email: "" })).toEqual(["ok"]);
  });

  it.each([
    [{ type: ["string", "null"] }, null],
    [{ enum: ["a", null] }, null],
    [{ const: null }, null],
    [{ enum: ["", "a"] }, ""],
    [{ const: "  " }, "  "],
    [{ minLength: 0 }, ""],
    [{ minLength: 0 }, " "],
    [{ anyOf: [{ type: "integer" }, { type: "null" }] }, null],
    [{ allOf: [{ type: ["string", "null"] }] }, null],
    [{ $ref: "#/$defs/maybe" }, null],
  ])("that says %j allows %j by name", (field, value) => {
    const schema = { required: ["f"], properties: { f: field }, $defs: { maybe: { type: ["object", "null"] } } };
    expect(check(schema, { f: value })).toEqual(["ok"]);
  });

  it.each([
    [{}, null],
    [{ type: "string" }, ""],
    [{ type: ["string", "null"] }, ""],
    [{ minLength: 0 }, null],
    [{ enum: [" "] }, ""],
    [{ default: null }, null],
  ])("that says %j does not allow %j by name", (field, value) => {
    expect(check({ required: ["f"], properties: { f: field } }, { f: value })).toEqual(["missing f"]);
  });

  it("takes empty lists and objects for values, and leaves list items alone", () => {
    const schema = {
      required: ["lines", "buyer"],
      properties: { lines: { type: "array", items: { type: "string" } }, buyer: { type: "object" } },
    };
    expect(check(schema, { lines: [], buyer: {} })).toEqual(["ok"]);
    expect(check(schema, { lines: ["", " "], buyer: {} })).toEqual(["ok"]);
    expect(check(schema, { lines: [null], buyer: {} })).toEqual(["bad lines[0] (type string)"]);
    expect(
      check({ properties: { lines: { items: { required: ["sku"] } } } }, { lines: [{ sku: "A" }, { sku: " " }] }),
    ).toEqual(["missing lines[1].sku"]);
  });

  it("counts what is left when blanks are gone: an object of blanks is an object still", () => {
    const schema = { required: ["buyer"], properties: { buyer: { required: ["name"] } } };
    expect(check(schema, { buyer: { name: null } })).toEqual(["missing buyer.name"]);
    expect(check({ additionalProperties: false, properties: { a: true } }, { a: 1, b: "" })).toEqual(["ok"]);
  });

  it("tells missing fields first, in the order of required, those of the whole before those of its parts", () => {
    const schema = {
      required: ["c", "a", "b"],
      properties: { a: { type: "object", required: ["y", "x"], properties: { x: {}, y: {} } }, b: {}, c: {} },
    };
    expect(check(schema, { a: {} })).toEqual(["missing c", "missing b", "missing a.y", "missing a.x"]);
  });

  it("tells bad fields after all missing ones, in the order of properties", () => {
    const schema = {
      required: ["z"],
      properties: {
        b: { type: "string", maxLength: 1 },
        a: { format: "email" },
        lines: { items: { properties: { n: { type: "integer" } } } },
      },
    };
    expect(check(schema, { lines: [{ n: 1 }, { n: "x" }], a: "nobody", b: "long" })).toEqual([
      "missing z",
      "bad b (maxLength 1)",
      "bad a (format email)",
      "bad lines[1].n (type integer)",
    ]);
  });

  it("names a field by its title, also where it is missing", () => {
    const compiled = compileSchema({ required: ["tax_no"], properties: { tax_no: { title: "Tax number" } } });
    expect(checkPayload(compiled, {})).toEqual({
      result: "breached",
      findings: [{ kind: "missing_field", field: "tax_no", title: "Tax number", expected: "required" }],
    });
  });

  it("asserts formats and tells what was wanted in the schema's words", () => {
    const schema = {
      properties: {
        d: { format: "date" },
        e: { enum: ["CN", "US"] },
        c: { const: 1 },
        p: { pattern: "^\\d{3}$" },
        m: { multipleOf: 0.01 },
        r: { minimum: 5 },
        l: { minItems: 1 },
        t: { type: ["string", "integer"] },
      },
    };
    expect(check(schema, { d: "2026-02-30", e: "DE", c: 2, p: "12", m: 0.005, r: 4, l: [], t: true })).toEqual([
      "bad d (format date)",
      'bad e (enum "CN", "US")',
      "bad c (const 1)",
      "bad p (pattern ^\\d{3}$)",
      "bad m (multipleOf 0.01)",
      "bad r (minimum 5)",
      "bad l (minItems 1)",
      "bad t (type string or integer)",
    ]);
    expect(check({ properties: { m: { multipleOf: 0.01 } } }, { m: 129.99 })).toEqual(["ok"]);
  });

  it("keeps patterns apart: each field is held against its own", () => {
    const schema = {
      properties: { a: { pattern: "^a$" }, b: { pattern: "^b$" }, c: { pattern: "^[\\u4e00-\\u9fa5]+$" } },
    };
    expect(check(schema, { a: "a", b: "b", c: "税号" })).toEqual(["ok"]);
    expect(check(schema, { a: "b", b: "b", c: "x" })).toEqual([
      "bad a (pattern ^a$)",
      "bad c (pattern ^[\\u4e00-\\u9fa5]+$)",
    ]);
  });

  it("takes linear time for patterns that blow up elsewhere", () => {
    expect(check({ properties: { a: { pattern: "^(a+)+$" } } }, { a: `${"a".repeat(50_000)}!` })).toEqual([
      "bad a (pattern ^(a+)+$)",
    ]);
  });

  it("tells of alternatives only the one that fits best", () => {
    const schema = {
      properties: {
        pay: {
          oneOf: [
            { properties: { kind: { const: "card" }, card: {} }, required: ["kind", "card"] },
            { properties: { kind: { const: "cash" } }, required: ["kind", "till"] },
          ],
        },
        maybe: { anyOf: [{ type: "null" }, { type: "object", required: ["k"] }] },
      },
    };
    expect(check(schema, { pay: { kind: "card" }, maybe: {} })).toEqual(["missing pay.card", "missing maybe.k"]);
  });

  it("follows references, also those that lead back to where they stand", () => {
    const schema = {
      $ref: "#/$defs/node",
      $defs: { node: { type: "object", required: ["id"], properties: { id: {}, next: { $ref: "#/$defs/node" } } } },
    };
    expect(check(schema, { id: 1, next: { id: 2, next: { id: "" } } })).toEqual(["missing next.next.id"]);
  });

  it("may be written in draft-07", () => {
    const schema = { $schema: "http://json-schema.org/draft-07/schema#", items: [{ type: "string" }], definitions: {} };
    expect(check(schema, [1])).toEqual(["bad [0] (type string)"]);
  });

  it("finds every field missing from a payload that is blank as a whole", () => {
    expect(check({ type: "object", ...taxNo }, "  ")).toEqual(["missing tax_no"]);
    expect(check({ type: "object", ...taxNo }, undefined)).toEqual(["missing tax_no"]);
    expect(check({ type: "object" }, "text")).toEqual(["bad $ (type object)"]);
  });

  it("names fields with dots, brackets and slashes so that they can be told from paths", () => {
    expect(check({ properties: { "a.b": { required: ["c/d~e"] } } }, { "a.b": {} })).toEqual(['missing ["a.b"].c/d~e']);
  });
});

describe("removing blanks", () => {
  const value = fc
    .jsonValue({ maxDepth: 4 })
    .chain((json) => fc.constantFrom(json, { a: json, b: "", c: [null, { d: " ", e: json }] }));

  it("leaves no blank member and every list as long as it was, and does not touch what it was given", () => {
    const place = createSchemaPlace({});
    const holdsBlankMember = (one: unknown): boolean =>
      typeof one === "object" &&
      one !== null &&
      (Array.isArray(one)
        ? one.some(holdsBlankMember)
        : Object.values(one).some((member) => isBlank(member) || holdsBlankMember(member)));
    const lengths = (one: unknown): unknown =>
      Array.isArray(one)
        ? [one.length, ...one.map(lengths)]
        : typeof one === "object" && one !== null
          ? Object.values(one).flatMap((member) => (isBlank(member) ? [] : [lengths(member)]))
          : 0;
    fc.assert(
      fc.property(value, (given) => {
        const before = JSON.stringify(given);
        const pruned = pruneBlank(given, place);
        expect(holdsBlankMember(pruned)).toBe(false);
        expect(lengths(pruned)).toEqual(lengths(given));
        expect(JSON.stringify(given)).toBe(before);
        expect(pruneBlank(pruned, place)).toBe(pruned);
      }),
    );
  });
});
