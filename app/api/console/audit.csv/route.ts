import { currentConsole } from "#app/_data/console.ts";
import { exportAudit } from "#app/_data/export-audit.ts";
import { viewerOfRequest } from "#app/_data/session.ts";
import { askedAudit } from "#app/(console)/(administration)/audit/search-params.ts";
import { apiRoute } from "#app/api/_route/api-route.ts";
import { csvResponse } from "#app/api/_route/csv-response.ts";

/** What the audit page exports, by the filters of its address. */
export const GET = apiRoute(async (request) => {
  const viewer = await viewerOfRequest(request, "audit.read");
  const { now } = currentConsole();
  const given = Object.fromEntries(new URL(request.url).searchParams);
  const asked = askedAudit(given, { now: now(), timeZone: viewer.timeZone });
  return csvResponse(exportAudit(viewer, asked), "audit.csv");
});
