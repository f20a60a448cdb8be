import { ReadError } from "#lib/api/problem.ts";
import { viewerOfRequest } from "#app/_data/session.ts";
import { apiRoute } from "#app/api/_route/api-route.ts";

/** Addresses that no route of the read API answers. */
const nothingHere = apiRoute(async (request) => {
  await viewerOfRequest(request);
  throw new ReadError("not_found", "The read API is described at /api/v1/openapi.json.");
});

export { nothingHere as GET, nothingHere as POST, nothingHere as PUT, nothingHere as PATCH, nothingHere as DELETE };
