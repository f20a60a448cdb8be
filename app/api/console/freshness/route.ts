import { readFreshness } from "#app/_data/read-freshness.ts";
import { viewerOfRequest } from "#app/_data/session.ts";
import { apiRoute } from "#app/api/_route/api-route.ts";

/** What the top bar asks every few seconds. */
export const GET = apiRoute(async (request) => readFreshness(await viewerOfRequest(request, "sources.read")));
