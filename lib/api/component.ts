import { z } from "zod";

/** Schemas that the OpenAPI document names; filled where they are declared. */
export const components = z.registry<{ readonly id: string }>();

/** Declares a schema under the name it has in the OpenAPI document. */
export function component<Schema extends z.ZodType>(id: string, schema: Schema): Schema {
  components.add(schema, { id });
  return schema;
}
