import { openApi } from "#lib/api/open-api.ts";
import { currentConsole } from "#app/_data/console.ts";
import { viewerOfRequest } from "#app/_data/session.ts";
import { apiRoute } from "#app/api/_route/api-route.ts";
import { otherMethods } from "#app/api/_route/other-methods.ts";

export const GET = apiRoute(async (request) => {
  await viewerOfRequest(request);
  return openApi(currentConsole().settings.publicUrl);
});

export const { POST, PUT, PATCH, DELETE } = otherMethods("GET");
