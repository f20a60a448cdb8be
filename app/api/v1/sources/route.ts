import { noQuery } from "#lib/api/flows-schema.ts";
import { parseQuery } from "#lib/api/query.ts";
import { listSources } from "#app/_data/list-intake.ts";
import { viewerOfRequest } from "#app/_data/session.ts";
import { apiRoute } from "#app/api/_route/api-route.ts";
import { otherMethods } from "#app/api/_route/other-methods.ts";

export const GET = apiRoute(async (request) => {
  const viewer = await viewerOfRequest(request, "sources.read");
  parseQuery(noQuery, new URL(request.url).searchParams);
  return listSources(viewer);
});

export const { POST, PUT, PATCH, DELETE } = otherMethods("GET");
