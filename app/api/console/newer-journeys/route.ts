import { z } from "zod";
import { countNewer } from "#app/_data/count-newer.ts";
import { currentConsole } from "#app/_data/console.ts";
import { viewerOfRequest } from "#app/_data/session.ts";
import { apiRoute } from "#app/api/_route/api-route.ts";
import { readBody } from "#app/api/_route/read-body.ts";
import { journeyFilters } from "#app/(console)/journeys/search-params.ts";

const shownList = z.object({
  /** The address of the list, after its `?`. */
  question: z.string().max(8_000),
  top: z.object({ flow: z.string(), primary: z.string(), startedAt: z.number() }).nullable(),
  count: z.int().nonnegative().nullable(),
});

/** What an open list asks every few seconds: would it be another by now? */
export const POST = apiRoute(async (request) => {
  const viewer = await viewerOfRequest(request);
  const { question, top, count } = await readBody(request, shownList);
  const clock = { now: currentConsole().now(), timeZone: viewer.timeZone };
  const {
    cursor: _cursor,
    limit: _limit,
    ...query
  } = journeyFilters(Object.fromEntries(new URLSearchParams(question)), clock).query;
  return countNewer(viewer, query, { top, count });
});
