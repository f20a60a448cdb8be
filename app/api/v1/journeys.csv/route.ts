import { journeysExportQuery } from "#lib/api/journeys-schema.ts";
import { parseQuery } from "#lib/api/query.ts";
import { exportJourneys } from "#app/_data/export-journeys.ts";
import { viewerOfRequest } from "#app/_data/session.ts";
import { apiRoute } from "#app/api/_route/api-route.ts";
import { csvResponse } from "#app/api/_route/csv-response.ts";
import { otherMethods } from "#app/api/_route/other-methods.ts";

export const GET = apiRoute(async (request) => {
  const viewer = await viewerOfRequest(request);
  const query = parseQuery(journeysExportQuery, new URL(request.url).searchParams);
  return csvResponse(exportJourneys(viewer, query), "records.csv");
});

export const { POST, PUT, PATCH, DELETE } = otherMethods("GET");
