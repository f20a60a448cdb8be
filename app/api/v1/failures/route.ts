import { failuresQuery } from "#lib/api/journeys-schema.ts";
import { parseQuery } from "#lib/api/query.ts";
import { countFailures } from "#app/_data/count-failures.ts";
import { viewerOfRequest } from "#app/_data/session.ts";
import { apiRoute } from "#app/api/_route/api-route.ts";
import { otherMethods } from "#app/api/_route/other-methods.ts";

export const GET = apiRoute(async (request) => {
  const viewer = await viewerOfRequest(request);
  return countFailures(viewer, parseQuery(failuresQuery, new URL(request.url).searchParams));
});

export const { POST, PUT, PATCH, DELETE } = otherMethods("GET");
