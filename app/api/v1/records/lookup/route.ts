import { lookUpBody } from "#lib/api/look-up-schema.ts";
import { lookUpRecords } from "#app/_data/look-up-records.ts";
import { viewerOfRequest } from "#app/_data/session.ts";
import { apiRoute } from "#app/api/_route/api-route.ts";
import { readBody } from "#app/api/_route/read-body.ts";
import { otherMethods } from "#app/api/_route/other-methods.ts";

export const POST = apiRoute(async (request) => {
  const viewer = await viewerOfRequest(request);
  const { keys } = await readBody(request, lookUpBody);
  return lookUpRecords(viewer, keys);
});

export const { GET, PUT, PATCH, DELETE } = otherMethods("POST");
