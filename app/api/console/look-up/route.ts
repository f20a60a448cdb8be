import { z } from "zod";
import { maxLookUpKeys } from "#lib/search/look-up-line.ts";
import { exportLines, lookUpLines } from "#app/_data/look-up-lines.ts";
import { viewerOfRequest } from "#app/_data/session.ts";
import { apiRoute } from "#app/api/_route/api-route.ts";
import { readBody } from "#app/api/_route/read-body.ts";

const question = z.object({
  keys: z.array(z.string().trim().min(1).max(600)).min(1).max(maxLookUpKeys),
  as: z.enum(["lines", "csv"]).default("lines"),
});

/** The look-up page's own route: a body and not an address, because people paste phone numbers into it. */
export const POST = apiRoute(async (request) => {
  const viewer = await viewerOfRequest(request);
  const { keys, as } = await readBody(request, question);
  if (as === "lines") return lookUpLines(viewer, keys);
  const headers = { "content-type": "text/csv; charset=utf-8", "cache-control": "no-store" };
  return new Response(await exportLines(viewer, keys), { headers });
});
