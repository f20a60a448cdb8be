import { describe, expect, it } from "vitest";
import { findSchemaProblems } from "#lib/contract/find-schema-problems.ts";

const pointers = (schema: unknown): readonly string[] => findSchemaProblems(schema).map(({ pointer }) => pointer);

describe("a schema", () => {
  it.each([
    [true],
    [{}],
    [{ $schema: "https://json-schema.org/draft/2020-12/schema", $id: "urn:example:order", type: "object" }],
    [
      {
        $schema: "http://json-schema.org/draft-07/schema#",
        definitions: { a: {} },
        properties: { b: { $ref: "#/definitions/a" } },
      },
    ],
    [{ $defs: { a: { $anchor: "here" } }, $ref: "#here" }],
    [
      {
        properties: { $ref: { type: "string" }, pattern: { type: "string" } },
        enum: [{ $ref: "https://example.com" }],
      },
    ],
    [{ "x-owner": "finance", properties: { a: { pattern: "^\\p{Script=Han}+$" } } }],
  ])("may be %j", (schema) => {
    expect(findSchemaProblems(schema)).toEqual([]);
  });

  it.each([
    [5, ""],
    [{ $schema: "http://json-schema.org/draft-04/schema#" }, "/$schema"],
    [{ properties: { a: { $ref: "https://example.com/a" } } }, "/properties/a/$ref"],
    [{ properties: { a: { $ref: "other.json#/a" } } }, "/properties/a/$ref"],
    [{ $ref: "#/$defs/none" }, "/$ref"],
    [{ allOf: [{ pattern: "(a)\\1" }] }, "/allOf/0/pattern"],
    [{ patternProperties: { "(?!a)": {} } }, "/patternProperties/(?!a)"],
    [{ properties: { a: { format: "phone" } } }, "/properties/a/format"],
    [{ properties: { a: { minLength: "3" } } }, "/properties/a/minLength"],
    [{ properties: { a: { type: "str" } } }, "/properties/a/type"],
    [{ required: "tax_no" }, "/required"],
  ])("can't be %j", (schema, pointer) => {
    expect(pointers(schema)).toEqual([pointer]);
  });
});
