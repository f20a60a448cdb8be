import { z } from "zod";
import { searchRecords, suggestRecords } from "#app/_data/search-records.ts";
import { viewerOfRequest } from "#app/_data/session.ts";
import { apiRoute } from "#app/api/_route/api-route.ts";
import { readBody } from "#app/api/_route/read-body.ts";

const question = z.object({ text: z.string().max(600), whole: z.boolean() });

/** The search field's own route: a body and not an address, because people paste phone numbers into it. */
export const POST = apiRoute(async (request) => {
  const viewer = await viewerOfRequest(request);
  const { text, whole } = await readBody(request, question);
  return whole ? searchRecords(viewer, text) : suggestRecords(viewer, text);
});
