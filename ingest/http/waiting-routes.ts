import { toRetryLater } from "#ingest/http/problem.ts";
import type { Route } from "#ingest/http/route.ts";
import { sources } from "#ingest/sources.ts";
import type { HttpAnswer } from "#ingest/source.ts";

const methods = ["GET", "HEAD"] as const;
const takesNothing = async (): Promise<HttpAnswer> =>
  toRetryLater(503, "store_unavailable", "Nothing was taken: this worker waits for its store, see /readyz.", 5);

/**
 * What a worker answers that has started before its store: who may send and what is to be masked stands there, so that nothing can be taken
 * yet. `/readyz` says why.
 */
export const waitingRoutes = (reason: () => string, instance: string): readonly Route[] => [
  {
    methods,
    path: "/healthz",
    access: "anyone",
    answer: async () => ({ status: 200, body: { status: "ok", instance } }),
  },
  {
    methods,
    path: "/readyz",
    access: "anyone",
    answer: async () => ({
      status: 503,
      body: { status: "not_ready", flows: [], problems: [], detail: `Waiting for the store. ${reason()}` },
    }),
  },
  ...[...sources.flatMap(({ routes }) => routes), { method: "POST", path: "/v1/heartbeats" }].map(
    ({ method, path }): Route => ({ methods: [method], path, access: "anyone", answer: takesNothing }),
  ),
];
