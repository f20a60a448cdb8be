import type { Route } from "#ingest/http/route.ts";
import type { WorkerMetrics } from "#ingest/http/metrics.ts";
import type { FileProblem } from "#lib/storage/definitions.ts";

export interface Readiness {
  /** The store is open and every flow file is in force, in its newest or its last good version. */
  readonly ready: boolean;
  readonly flows: readonly { readonly flow: string; readonly version: string; readonly savedAt: string }[];
  readonly problems: readonly FileProblem[];
}

const methods = ["GET", "HEAD"] as const;

export const healthRoutes = (
  readiness: () => Readiness,
  metrics: WorkerMetrics,
  instance: string,
): readonly Route[] => [
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
    async answer() {
      const { ready, flows, problems } = readiness();
      return { status: ready ? 200 : 503, body: { status: ready ? "ready" : "not_ready", flows, problems } };
    },
  },
  {
    methods,
    path: "/metrics",
    access: "metrics",
    async answer() {
      return {
        status: 200,
        headers: { "content-type": "text/plain; version=0.0.4; charset=utf-8" },
        body: await metrics.render(),
      };
    },
  },
];
