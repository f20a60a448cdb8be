import { declarationSchema, declarationSchemaNames } from "#lib/api/declaration-schemas.ts";
import { ReadError } from "#lib/api/problem.ts";
import { apiRoute } from "#app/api/_route/api-route.ts";
import { otherMethods } from "#app/api/_route/other-methods.ts";

/** For everybody, like every static file: an editor that completes and checks a flow file has no token, and the schemas tell nothing of anybody. */
export const GET = apiRoute<{ readonly name: string }>(async (_request, { name }) => {
  const schema = declarationSchema(name);
  if (schema === null) {
    const known = declarationSchemaNames.map((each) => `${each}.json`).join(", ");
    throw new ReadError("not_found", `There are ${known}.`);
  }
  return Response.json(schema, {
    headers: { "content-type": "application/schema+json", "cache-control": "public, max-age=3600" },
  });
});

export const { POST, PUT, PATCH, DELETE } = otherMethods("GET");
