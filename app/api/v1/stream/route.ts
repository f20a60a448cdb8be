import { recordQuery, streamQuery } from "#lib/api/look-up-schema.ts";
import { parseQuery } from "#lib/api/query.ts";
import { viewerOfRequest, type Viewer } from "#app/_data/session.ts";
import type { WatchListener } from "#app/_data/share-watch.ts";
import { watchOverview } from "#app/_data/watch-overview.ts";
import { watchRecord } from "#app/_data/watch-record.ts";
import { watchTopic } from "#app/_data/watch-topic.ts";
import { apiRoute } from "#app/api/_route/api-route.ts";
import { toRecordQuestion } from "#app/api/_route/record-question.ts";
import { otherMethods } from "#app/api/_route/other-methods.ts";

const beatMs = 15_000;
/** After this the browser connects again, and is asked again who it is. */
const longestMs = 60_000;

type StartWatch = (viewer: Viewer, listener: WatchListener) => () => void;

const watchOf = (query: URLSearchParams): StartWatch => {
  if (query.size === 0) return watchOverview;
  const { of: topic } = parseQuery(streamQuery, query);
  if (topic !== undefined) return (viewer, listener) => watchTopic(viewer, topic, listener);
  const { type, value } = parseQuery(recordQuery, query);
  const question = toRecordQuestion(type, value, false);
  return (viewer, listener) => watchRecord(viewer, question, listener);
};

/**
 * Server-sent events: `changed` whenever the record would be answered differently, also where it did while the browser was connecting
 * again (its `Last-Event-ID` tells); `ready` where it is as it was. Without a record: the same of the overview, or of what an administration page shows.
 */
export const GET = apiRoute(async (request) => {
  const viewer = await viewerOfRequest(request);
  const query = new URL(request.url).searchParams;
  const watch = watchOf(query);
  const encoder = new TextEncoder();
  let end = (): void => undefined;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (text: string): void => controller.enqueue(encoder.encode(text));
      send("retry: 1000\n\n");
      let known = request.headers.get("last-event-id");
      const stop = watch(viewer, (state) => {
        send(`event: ${known === null || known === state ? "ready" : "changed"}\nid: ${state}\ndata: {}\n\n`);
        known = state;
      });
      const beat = setInterval(() => send(": still here\n\n"), beatMs);
      const limit = setTimeout(() => end(), longestMs);
      end = () => {
        end = () => undefined;
        stop();
        clearInterval(beat);
        clearTimeout(limit);
        try {
          controller.close();
        } catch {
          // the reader has gone already
        }
      };
      request.signal.addEventListener("abort", () => end());
    },
    cancel: () => end(),
  });
  return new Response(body, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    },
  });
});

export const { POST, PUT, PATCH, DELETE } = otherMethods("GET");
