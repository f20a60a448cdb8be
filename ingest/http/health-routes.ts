import type { Route } from "#ingest/http/route.ts";
import type { WorkerMetrics } from "#ingest/http/metrics.ts";
import type { SpoolState } from "#ingest/spool/spooled-intake.ts";
import type { FileProblem } from "#lib/storage/definitions.ts";

export interface Readiness {
  /** The store is open and every flow file is in force, in its newest or its last good version. */
  readonly ready: boolean;
  readonly flows: readonly { readonly flow: string; readonly version: string; readonly savedAt: string }[];
  readonly problems: readonly FileProblem[];
}

/** `idle`: everything goes straight into the cluster; `spooling`: it waits on this machine's disk until the cluster takes it. */
const toAnswer = ({ records, bytes, limitBytes, isFull, since, reason }: SpoolState): object => ({
  state: isFull ? "full" : since === null ? "idle" : "spooling",
  events: records,
  bytes,
  limitBytes,
  ...(since !== null && { since: new Date(since).toISOString(), reason }),
});

const methods = ["GET", "HEAD"] as const;

export const healthRoutes = (
  readiness: () => Readiness,
  /** Null where the store is this machine's own. */
  spool: () => Promise<SpoolState | null>,
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
      const spooled = await spool();
      // Spooling, the worker still takes everything; with the spool full it takes nothing.
      const takes = ready && spooled?.isFull !== true;
      return {
        status: takes ? 200 : 503,
        body: { status: takes ? "ready" : "not_ready", flows, problems, ...(spooled && { spool: toAnswer(spooled) }) },
      };
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
