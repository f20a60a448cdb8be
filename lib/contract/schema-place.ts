import { compileLinearPattern } from "#lib/contract/linear-pattern.ts";
import { walkSchema } from "#lib/contract/walk-schema.ts";
import { isJsonObject, type JsonObject } from "#lib/event/json-object.ts";
import { fromPointer } from "#lib/event/json-pointer.ts";

/** What a schema, with all it refers to and combines, says of one place in a payload. */
export interface SchemaPlace {
  readonly title: string | undefined;
  /** Whether it takes this blank value (null, empty or white-space text) by name: else the value counts as absent. */
  allows(blank: string | null): boolean;
  /** Where a member stands among `properties`; behind them all where it is not named there. */
  rankOf(name: string): number;
  /** Where a member stands in `required`. */
  requiredRankOf(name: string): number;
  /** Null where the schema says nothing of that place. */
  member(name: string): SchemaPlace | null;
  item(index: number): SchemaPlace | null;
}

/** What a reference leads to; undefined where it leads out of the schema. */
export type Resolve = (ref: string) => unknown;

export const createSchemaPlace = (schema: unknown): SchemaPlace => toPlace([schema], createResolver(schema)) ?? nowhere;

const nowhere: SchemaPlace = {
  title: undefined,
  allows: () => false,
  rankOf: () => Infinity,
  requiredRankOf: () => Infinity,
  member: () => null,
  item: () => null,
};

/** Looks up references within a schema: pointers, anchors and embedded `$id`s. */
export const createResolver = (root: unknown): Resolve => {
  const named = new Map<string, JsonObject>();
  walkSchema(root, (schema) => {
    for (const keyword of ["$anchor", "$dynamicAnchor"]) {
      if (typeof schema[keyword] === "string") named.set(`#${schema[keyword]}`, schema);
    }
    if (typeof schema["$id"] === "string") named.set(schema["$id"], schema);
  });
  return (ref) => {
    if (ref === "#") return root;
    if (!ref.startsWith("#/")) return named.get(ref);
    let at: unknown = root;
    for (const name of fromPointer(decodeURIComponent(ref.slice(1)))) {
      at = Array.isArray(at) ? at[Number(name)] : isJsonObject(at) && Object.hasOwn(at, name) ? at[name] : undefined;
    }
    return at;
  };
};

/** The schemas that may apply at a place: those given and all they refer to or combine, outer first. */
const expand = (schemas: readonly unknown[], resolve: Resolve): readonly JsonObject[] => {
  const found = new Set<JsonObject>();
  const visit = (schema: unknown): void => {
    if (!isJsonObject(schema) || found.has(schema)) return;
    found.add(schema);
    for (const keyword of ["$ref", "$dynamicRef"])
      if (typeof schema[keyword] === "string") visit(resolve(schema[keyword]));
    for (const keyword of ["allOf", "anyOf", "oneOf"]) {
      const list = schema[keyword];
      if (Array.isArray(list)) for (const item of list) visit(item);
    }
    for (const keyword of ["if", "then", "else"]) visit(schema[keyword]);
    for (const keyword of ["dependentSchemas", "dependencies"]) {
      const map = schema[keyword];
      if (isJsonObject(map)) for (const item of Object.values(map)) visit(item);
    }
  };
  for (const schema of schemas) visit(schema);
  return [...found];
};

const namesIn = (schemas: readonly JsonObject[], keyword: "properties" | "required"): ReadonlyMap<string, number> => {
  const ranks = new Map<string, number>();
  for (const schema of schemas) {
    const value = schema[keyword];
    const names: readonly unknown[] = Array.isArray(value) ? value : isJsonObject(value) ? Object.keys(value) : [];
    for (const name of names) if (typeof name === "string" && !ranks.has(name)) ranks.set(name, ranks.size);
  }
  return ranks;
};

const toPlace = (given: readonly unknown[], resolve: Resolve): SchemaPlace | null => {
  const schemas = expand(given, resolve);
  if (schemas.length === 0) return null;
  const propertyRanks = namesIn(schemas, "properties");
  const requiredRanks = namesIn(schemas, "required");
  const memberSchemas = createMemberLookup(schemas);
  // Only names the schema has are remembered: payloads bring any number of others.
  const members = new Map<string, SchemaPlace | null>();
  return {
    title: schemas.map((schema) => schema["title"]).find((title) => typeof title === "string"),
    allows: (blank) => schemas.some((schema) => allowsByName(schema, blank)),
    rankOf: (name) => propertyRanks.get(name) ?? Infinity,
    requiredRankOf: (name) => requiredRanks.get(name) ?? Infinity,
    member: (name) => {
      const known = members.get(name);
      if (known !== undefined) return known;
      const place = toPlace(memberSchemas(name), resolve);
      if (propertyRanks.has(name)) members.set(name, place);
      return place;
    },
    item: (index) =>
      toPlace(
        schemas.flatMap((schema) => itemSchemas(schema, index)),
        resolve,
      ),
  };
};

const allowsByName = (schema: JsonObject, blank: string | null): boolean => {
  if (schema["const"] === blank) return true;
  if (Array.isArray(schema["enum"]) && schema["enum"].includes(blank)) return true;
  if (blank !== null) return schema["minLength"] === 0;
  const type = schema["type"];
  return type === "null" || (Array.isArray(type) && type.includes("null"));
};

const createMemberLookup = (schemas: readonly JsonObject[]): ((name: string) => readonly unknown[]) => {
  const lookups = schemas.map((schema) => {
    const properties = isJsonObject(schema["properties"]) ? schema["properties"] : {};
    const patterns = Object.entries(isJsonObject(schema["patternProperties"]) ? schema["patternProperties"] : {}).map(
      ([pattern, value]) => ({ pattern: compileLinearPattern(pattern), value }),
    );
    return (name: string): readonly unknown[] => {
      const own = Object.hasOwn(properties, name) ? [properties[name]] : [];
      const found = [...own, ...patterns.filter(({ pattern }) => pattern.test(name)).map(({ value }) => value)];
      return found.length > 0 ? found : [schema["additionalProperties"], schema["unevaluatedProperties"]];
    };
  });
  return (name) => lookups.flatMap((lookup) => lookup(name));
};

const itemSchemas = (schema: JsonObject, index: number): readonly unknown[] => {
  const { items, prefixItems } = schema;
  if (Array.isArray(items)) return index < items.length ? [items[index]] : [schema["additionalItems"]];
  if (Array.isArray(prefixItems) && index < prefixItems.length) return [prefixItems[index]];
  return [items, schema["unevaluatedItems"]];
};
