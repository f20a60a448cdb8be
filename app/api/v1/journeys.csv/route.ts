import { journeysExportQuery } from "#lib/api/journeys-schema.ts";
import { parseQuery } from "#lib/api/query.ts";
import { exportJourneys } from "#app/_data/export-journeys.ts";
import { viewerOfRequest } from "#app/_data/session.ts";
import { apiRoute } from "#app/api/_route/api-route.ts";
import { otherMethods } from "#app/api/_route/other-methods.ts";

/** A file that is written as it is read; a reader that goes away stops the reading. */
export const GET = apiRoute(async (request) => {
  const viewer = await viewerOfRequest(request);
  const lines = exportJourneys(viewer, parseQuery(journeysExportQuery, new URL(request.url).searchParams));
  // what refuses the question refuses it before the file begins
  const head = await lines.next();
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      if (head.done !== true) controller.enqueue(encoder.encode(head.value));
    },
    async pull(controller) {
      const next = await lines.next();
      if (next.done === true) controller.close();
      else controller.enqueue(encoder.encode(next.value));
    },
    async cancel() {
      await lines.return(undefined);
    },
  });
  return new Response(body, {
    headers: {
      "content-type": "text/csv; charset=utf-8; header=present",
      "content-disposition": 'attachment; filename="records.csv"',
      "cache-control": "no-store",
    },
  });
});

export const { POST, PUT, PATCH, DELETE } = otherMethods("GET");
