import { noQuery } from "#lib/api/flows-schema.ts";
import { parseQuery } from "#lib/api/query.ts";
import { listFlows } from "#app/_data/read-flows.ts";
import { viewerOfRequest } from "#app/_data/session.ts";
import { apiRoute } from "#app/api/_route/api-route.ts";
import { otherMethods } from "#app/api/_route/other-methods.ts";

export const GET = apiRoute(async (request) => {
  const viewer = await viewerOfRequest(request);
  parseQuery(noQuery, new URL(request.url).searchParams);
  return listFlows(viewer);
});

export const { POST, PUT, PATCH, DELETE } = otherMethods("GET");
