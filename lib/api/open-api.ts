import { z } from "zod";
import { component, components } from "#lib/api/component.ts";
import { operations, type Operation } from "#lib/api/operations.ts";
import { problemSchema, toProblem, ReadError, type ProblemCode } from "#lib/api/problem.ts";

component("Problem", problemSchema);

type Json = Readonly<Record<string, unknown>>;

const refTo = (id: string): string => `#/components/schemas/${id}`;

/** Draft and id belong to a schema that stands alone; inside the document they would mislead. */
const inside = ({ $schema: _draft, $id: _id, ...schema }: Json): Json => schema;

const schemaOf = (schema: z.ZodType): Json => {
  const known = components.get(schema);
  return known === undefined ? inside(z.toJSONSchema(schema, { io: "input" })) : { $ref: refTo(known.id) };
};

/** OpenAPI 3.1, made from the schemas that read requests and that answers are tested against. */
export function openApi(publicUrl: string): Json {
  const { schemas } = z.toJSONSchema(components, { uri: refTo, io: "input" });
  const paths = Object.fromEntries(
    [...Map.groupBy(operations, ({ path }) => path)].map(([path, own]) => [
      path,
      Object.fromEntries(own.map((operation) => [operation.method, toOperation(operation)])),
    ]),
  );
  return {
    openapi: "3.1.0",
    info: { title: "Hopline read API", version: "1" },
    jsonSchemaDialect: "https://json-schema.org/draft/2020-12/schema",
    servers: [{ url: publicUrl }],
    security: [{ token: [] }, { session: [] }],
    paths,
    components: {
      securitySchemes: {
        token: { type: "http", scheme: "bearer", description: "A token with scope `read`" },
        session: { type: "apiKey", in: "cookie", name: "hopline-session", description: "A signed-in browser" },
      },
      schemas: Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, inside(schema)])),
    },
  };
}

function toOperation({ id, path, summary, query, body, answer, answerType, problems, isOpen }: Operation): Json {
  return {
    operationId: id,
    summary,
    ...(isOpen === true && { security: [] }),
    parameters: [...pathParameters(path), ...queryParameters(query)],
    ...(body !== undefined && {
      requestBody: { required: true, content: { "application/json": { schema: schemaOf(body) } } },
    }),
    responses: {
      "200": {
        description: "The answer",
        content:
          answer === undefined
            ? { [answerType ?? "text/plain"]: { schema: { type: "string" } } }
            : { "application/json": { schema: schemaOf(answer) } },
      },
      ...problemResponses(problems),
    },
  };
}

const pathParameters = (path: string): readonly Json[] =>
  [...path.matchAll(/\{(\w+)\}/gu)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));

function queryParameters(query: z.ZodObject): readonly Json[] {
  const { properties = {}, required = [] } = z.toJSONSchema(query, { io: "input" });
  return Object.entries(properties).map(([name, schema]) => {
    const { description, ...rest } = typeof schema === "object" ? schema : {};
    return {
      name,
      in: "query",
      required: required.includes(name),
      ...(description !== undefined && { description }),
      schema: rest,
    };
  });
}

/** By status; a status that several codes share lists them. */
function problemResponses(own: readonly ProblemCode[]): Json {
  const codes: readonly ProblemCode[] = [
    ...new Set<ProblemCode>([...own, "unauthorized", "forbidden", "internal", "unavailable"]),
  ];
  const byStatus = Map.groupBy(codes, (code) => String(toProblem(new ReadError(code, "")).status));
  return Object.fromEntries(
    [...byStatus].map(([status, shared]) => [
      status,
      {
        description: shared.map((code) => `\`${code}\``).join(", "),
        content: { "application/problem+json": { schema: { $ref: refTo("Problem") } } },
      },
    ]),
  );
}
