import type { FieldNeed } from "#lib/record/record-answer.ts";

type Schema = Readonly<Record<string, unknown>>;

const maxDepth = 8;

const isSchema = (value: unknown): value is Schema =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const schemasIn = (value: unknown): readonly Schema[] => (Array.isArray(value) ? value.filter(isSchema) : []);

const textsIn = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];

/** Follows a `#/…` reference; other references are refused where flows are checked, and read as "anything" here. */
function resolve(root: Schema, schema: Schema): Schema {
  let current = schema;
  for (let hops = 0; hops < maxDepth && typeof current.$ref === "string"; hops += 1) {
    if (!current.$ref.startsWith("#/")) return current;
    let target: unknown = root;
    for (const part of current.$ref.slice(2).split("/")) {
      const name = decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~");
      target = isSchema(target) || Array.isArray(target) ? Reflect.get(target, name) : undefined;
    }
    if (!isSchema(target)) return current;
    const { $ref: _followed, ...beside } = current;
    current = { ...target, ...beside };
  }
  return current;
}

const between = (low: unknown, high: unknown, unit: string): string | null => {
  if (typeof low === "number" && typeof high === "number") {
    return low === high ? `${low}${unit}` : `${low}–${high}${unit}`;
  }
  if (typeof low === "number") return `≥ ${low}${unit}`;
  return typeof high === "number" ? `≤ ${high}${unit}` : null;
};

const expectedOf = (schema: Schema): string =>
  [
    textsIn(schema.type).join(" | ") || (typeof schema.type === "string" ? schema.type : null),
    typeof schema.format === "string" ? `format ${schema.format}` : null,
    between(schema.minLength, schema.maxLength, " characters"),
    between(schema.minimum, schema.maximum, ""),
    between(schema.minItems, schema.maxItems, " items"),
    Array.isArray(schema.enum) ? schema.enum.slice(0, 8).map(String).join(" | ") : null,
    "const" in schema ? String(schema.const) : null,
    typeof schema.pattern === "string" ? `pattern ${schema.pattern}` : null,
  ]
    .filter((part) => part !== null)
    .join(", ");

/**
 * What a contract asks of each field, required ones first in the order of `required`, then as the schema lists them.
 * Items of lists stand under `lines[].sku`. A field that only a branch (`then`, `anyOf`) asks for is not `required`.
 */
export function fieldNeeds(contract: unknown): readonly FieldNeed[] {
  if (!isSchema(contract)) return [];
  const needs = new Map<string, FieldNeed>();

  const add = (field: string, schema: Schema, required: boolean): void => {
    const known = needs.get(field);
    const title = typeof schema.title === "string" ? schema.title : known?.title;
    const expected = [known?.expected, expectedOf(schema)].filter((text) => text !== undefined && text !== "");
    needs.set(field, {
      field,
      ...(title === undefined ? {} : { title }),
      required: required || known?.required === true,
      expected: [...new Set(expected)].join(", "),
    });
  };

  const visit = (raw: Schema, path: string, certain: boolean, depth: number): void => {
    if (depth > maxDepth) return;
    const schema = resolve(contract, raw);
    const properties = isSchema(schema.properties) ? schema.properties : {};
    const required = textsIn(schema.required);
    for (const name of new Set([...required, ...Object.keys(properties)])) {
      const field = path === "" ? name : `${path}.${name}`;
      const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
      const resolved = isSchema(property) ? resolve(contract, property) : {};
      add(field, resolved, certain && required.includes(name));
      visit(resolved, field, certain, depth + 1);
    }
    if (isSchema(schema.items)) visit(schema.items, `${path}[]`, certain, depth + 1);
    for (const part of schemasIn(schema.allOf)) visit(part, path, certain, depth + 1);
    const branches = [schema.then, schema.else, ...schemasIn(schema.anyOf), ...schemasIn(schema.oneOf)];
    for (const branch of branches) if (isSchema(branch)) visit(branch, path, false, depth + 1);
  };

  visit(contract, "", true, 0);
  return [...needs.values()];
}
