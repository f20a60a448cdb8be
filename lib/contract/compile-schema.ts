import type { ValidateFunction } from "ajv";
import { createAjv, dialectOf } from "#lib/contract/create-ajv.ts";
import { createSchemaPlace, type SchemaPlace } from "#lib/contract/schema-place.ts";

/** A schema ready to judge payloads. */
export interface CompiledSchema {
  readonly validate: ValidateFunction;
  /** What the schema says of each place of a payload: names, order, blanks it allows. */
  readonly root: SchemaPlace;
}

/**
 * Compiles a schema that `findSchemaProblems` has nothing against; throws on others. Costs milliseconds: keep the result
 * (createSchemaRegistry).
 */
export const compileSchema = (schema: unknown): CompiledSchema => {
  const dialect = dialectOf(schema);
  if (dialect === null) throw new Error("The schema names a dialect that is neither 2020-12 nor draft-07");
  const compilable = typeof schema === "boolean" ? schema : asSchemaObject(schema);
  return {
    validate: createAjv(dialect, { meta: false, validateSchema: false }).compile(compilable),
    root: createSchemaPlace(schema),
  };
};

/** A schema is a boolean or an object; what Ajv then finds in the object is checked against the meta-schema. */
export const asSchemaObject = (schema: unknown): object => {
  if (typeof schema !== "object" || schema === null || Array.isArray(schema)) throw new Error("A schema is an object");
  return schema;
};
