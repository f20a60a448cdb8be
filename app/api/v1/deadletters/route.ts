import { deadLettersQuery } from "#lib/api/intake-schema.ts";
import { parseQuery } from "#lib/api/query.ts";
import { listDeadLetters } from "#app/_data/list-intake.ts";
import { viewerOfRequest } from "#app/_data/session.ts";
import { apiRoute } from "#app/api/_route/api-route.ts";
import { otherMethods } from "#app/api/_route/other-methods.ts";

export const GET = apiRoute(async (request) => {
  const viewer = await viewerOfRequest(request, "dead_letters.read");
  return listDeadLetters(viewer, parseQuery(deadLettersQuery, new URL(request.url).searchParams));
});

export const { POST, PUT, PATCH, DELETE } = otherMethods("GET");
