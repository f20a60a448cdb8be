import type { ErrorObject } from "ajv";
import { fullFormats } from "ajv-formats/dist/formats.js";
import { asSchemaObject } from "#lib/contract/compile-schema.ts";
import { createAjv, dialectOf } from "#lib/contract/create-ajv.ts";
import { compileLinearPattern } from "#lib/contract/linear-pattern.ts";
import { createResolver } from "#lib/contract/schema-place.ts";
import { walkSchema } from "#lib/contract/walk-schema.ts";
import { closest, toChoice } from "#lib/declaration/closest.ts";
import { isJsonObject, type JsonObject } from "#lib/event/json-object.ts";
import { joinPointer } from "#lib/event/json-pointer.ts";

/** Why a schema can't be used. */
export interface SchemaProblem {
  /** JSON pointer into the schema. */
  readonly pointer: string;
  readonly message: string;
  /** What to write instead. */
  readonly instead: string;
}

/** All that speaks against a schema as a contract or `when`; none: it compiles, and on no later day fetches anything. */
export const findSchemaProblems = (schema: unknown): readonly SchemaProblem[] => {
  if (typeof schema === "boolean") return [];
  if (!isJsonObject(schema)) {
    return [
      { pointer: "", message: "This is no JSON Schema", instead: "write an object such as { required: [tax_no] }" },
    ];
  }
  const dialect = dialectOf(schema);
  if (dialect === null) {
    return [
      {
        pointer: "/$schema",
        message: `The dialect ${JSON.stringify(schema["$schema"])} is not known`,
        instead: "write https://json-schema.org/draft/2020-12/schema or http://json-schema.org/draft-07/schema#",
      },
    ];
  }
  const problems: SchemaProblem[] = [];
  const resolve = createResolver(schema);
  walkSchema(schema, (inner, pointer) => {
    problems.push(
      ...findWrongRefs(inner, pointer, resolve),
      ...findWrongPatterns(inner, pointer),
      ...findWrongFormat(inner, pointer),
    );
  });
  if (problems.length > 0) return problems;
  const ajv = createAjv(dialect);
  try {
    if (ajv.validateSchema(asSchemaObject(schema)) !== true) return againstMetaSchema(ajv.errors ?? []);
    ajv.compile(asSchemaObject(schema));
    return [];
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return [{ pointer: "", message: `The schema does not compile: ${message}`, instead: "correct the schema" }];
  }
};

const findWrongRefs = (schema: JsonObject, pointer: string, resolve: (ref: string) => unknown): SchemaProblem[] =>
  ["$ref", "$dynamicRef"].flatMap((keyword) => {
    const ref = schema[keyword];
    if (typeof ref !== "string" || resolve(ref) !== undefined) return [];
    const inside = ref.startsWith("#");
    return [
      {
        pointer: joinPointer(pointer, keyword),
        message: inside
          ? `\`${ref}\` leads nowhere in this schema`
          : `\`${ref}\` leads out of this schema, which is never followed`,
        instead: inside
          ? "name what stands under `$defs`, as in #/$defs/address"
          : "copy what it refers to under `$defs` and write #/$defs/…",
      },
    ];
  });

const findWrongPatterns = (schema: JsonObject, pointer: string): SchemaProblem[] => {
  const patterns: [string, string][] = [];
  if (typeof schema["pattern"] === "string") patterns.push([joinPointer(pointer, "pattern"), schema["pattern"]]);
  if (isJsonObject(schema["patternProperties"])) {
    const at = joinPointer(pointer, "patternProperties");
    for (const pattern of Object.keys(schema["patternProperties"])) patterns.push([joinPointer(at, pattern), pattern]);
  }
  return patterns.flatMap(([at, pattern]) => {
    try {
      compileLinearPattern(pattern);
      return [];
    } catch (error) {
      return [
        {
          pointer: at,
          message: `The pattern \`${pattern}\` can't be used: ${error instanceof Error ? error.message : String(error)}`,
          instead: "write it without look-around, back references and counts over 1,000 (RE2 syntax)",
        },
      ];
    }
  });
};

const findWrongFormat = (schema: JsonObject, pointer: string): SchemaProblem[] => {
  const format = schema["format"];
  if (typeof format !== "string" || Object.hasOwn(fullFormats, format)) return [];
  const names = Object.keys(fullFormats);
  const meant = closest(format, names);
  return [
    {
      pointer: joinPointer(pointer, "format"),
      message: `The format \`${format}\` is not known, so nothing would check it`,
      instead: meant === undefined ? `write ${toChoice(names)}, or a \`pattern\`` : `did you mean \`${meant}\`?`,
    },
  ];
};

/** The deepest error says it best: those above it only follow from it. */
const againstMetaSchema = (errors: readonly ErrorObject[]): readonly SchemaProblem[] => {
  const deepest = errors.toSorted((a, b) => b.instancePath.length - a.instancePath.length)[0];
  if (deepest === undefined) return [];
  const wanted: unknown = deepest.params["type"] ?? deepest.params["allowedValues"] ?? deepest.params["limit"];
  return [
    {
      pointer: deepest.instancePath,
      message: `JSON Schema does not allow this here (${deepest.keyword})`,
      instead:
        wanted === undefined
          ? "see the JSON Schema keyword's definition"
          : `${deepest.keyword}: ${JSON.stringify(wanted)}`,
    },
  ];
};
