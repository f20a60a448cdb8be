import { isJsonObject, type JsonObject } from "#lib/event/json-object.ts";
import { joinPointer } from "#lib/event/json-pointer.ts";

/** Keywords whose value is a schema. */
const oneSchema = [
  "items",
  "additionalItems",
  "unevaluatedItems",
  "contains",
  "additionalProperties",
  "unevaluatedProperties",
  "propertyNames",
  "not",
  "if",
  "then",
  "else",
  "contentSchema",
] as const;
/** Keywords whose value is a list of schemas. */
const schemaList = ["allOf", "anyOf", "oneOf", "prefixItems", "items"] as const;
/** Keywords whose value maps names to schemas. */
const schemaMap = [
  "properties",
  "patternProperties",
  "$defs",
  "definitions",
  "dependentSchemas",
  "dependencies",
] as const;

/**
 * Visits a schema and every schema inside it, outer before inner, with a JSON pointer to each.
 * Knows keywords from data: a property named `$ref` or an `enum` holding one is not a reference.
 */
export const walkSchema = (
  schema: unknown,
  visit: (schema: JsonObject, pointer: string) => void,
  pointer = "",
): void => {
  if (!isJsonObject(schema)) return;
  visit(schema, pointer);
  for (const keyword of oneSchema) {
    if (isJsonObject(schema[keyword])) walkSchema(schema[keyword], visit, joinPointer(pointer, keyword));
  }
  for (const keyword of schemaList) {
    const list = schema[keyword];
    if (!Array.isArray(list)) continue;
    for (const [at, item] of list.entries()) walkSchema(item, visit, `${joinPointer(pointer, keyword)}/${at}`);
  }
  for (const keyword of schemaMap) {
    const map = schema[keyword];
    if (!isJsonObject(map)) continue;
    for (const [name, item] of Object.entries(map)) {
      walkSchema(item, visit, joinPointer(joinPointer(pointer, keyword), name));
    }
  }
};
