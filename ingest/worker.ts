import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import { createAuthoriser } from "#ingest/http/authorise.ts";
import { createByteBudget } from "#ingest/http/byte-budget.ts";
import { healthRoutes } from "#ingest/http/health-routes.ts";
import { heartbeatRoute } from "#ingest/http/heartbeat-route.ts";
import { isLoopbackAddress } from "#ingest/http/loopback.ts";
import { createMetrics } from "#ingest/http/metrics.ts";
import { listen } from "#ingest/http/server.ts";
import { toRoutes } from "#ingest/http/source-route.ts";
import { createTokenGrants } from "#ingest/http/token-grants.ts";
import { openPipelineWhenThere } from "#ingest/open-pipeline-when-there.ts";
import { takeRequests } from "#ingest/requests.ts";
import { sources } from "#ingest/sources.ts";
import { keepMaskCounts } from "#ingest/watch/keep-mask-counts.ts";
import { takeTurns } from "#ingest/watch/turn.ts";
import { startWatch } from "#ingest/watch/watch.ts";
import type { Settings } from "#lib/config/env.ts";
import { publishWorkerAddress, withdrawWorkerAddress } from "#lib/config/worker-address.ts";

/** Request bodies held at once; with what the collector makes of them the worker stays under 512 MiB however much is sent. */
const held = { limitBytes: 16 * 2 ** 20, fewBodies: 3 };
const drainMs = 20_000;

export interface RunningWorker {
  readonly url: string;
  /** Resolves with the reason where the worker cannot go on. */
  readonly died: Promise<Error>;
  /** Takes no more, finishes what it has taken, closes the stores. */
  stop(): Promise<void>;
}

interface WorkerOptions {
  readonly settings: Settings;
  readonly log: Logger;
  readonly now: () => number;
  /** Nobody waits for its start any more. */
  readonly signal: AbortSignal;
}

/** The ingest worker: sockets in front, one collector thread behind. Null where the signal came while it waited for its store. */
export async function startWorker({ settings, log, now, signal }: WorkerOptions): Promise<RunningWorker | null> {
  const opened = await openPipelineWhenThere({ settings, log, now, signal });
  if (opened === null) return null;
  const { pipeline, port } = opened;
  const { collector, control, declarations } = pipeline;
  const instance = randomUUID();
  const budget = createByteBudget(held);
  const spool = () => collector.call("spool", null).catch(() => null);
  const metrics = createMetrics({
    spool,
    figures: () => collector.call("measure", null).catch(() => null),
    bodyBytes: () => budget.usedBytes,
  });
  const server = await listen({
    host: settings.host,
    port,
    authoriser: createAuthoriser({
      boundToLoopback: isLoopbackAddress(settings.host),
      tokens: createTokenGrants(control.access, now),
    }),
    routes: [
      ...sources.flatMap((source) =>
        toRoutes(source, { collector, budget, now, observe: (result) => metrics.countBatch(result) }),
      ),
      heartbeatRoute(collector, budget, now),
      ...healthRoutes(() => declarations.readiness(), spool, metrics, instance),
    ],
    log,
    observe: (answer) => metrics.countRequest(answer),
  }).catch(async (error: unknown) => {
    await pipeline.close();
    throw error;
  });
  const requests = takeRequests({ settings, control, collector, declarations, log, now });
  const turn = await takeTurns({
    leases: control.leases,
    name: "watch",
    holder: instance,
    log,
    elapsed: () => performance.now(),
  });
  const watch = startWatch({ collector, control, turn, noteSwept: metrics.countSwept, log, now });
  const maskCounts = keepMaskCounts({ collector, definitions: control.definitions, log });
  publishWorkerAddress(settings.home, { url: server.url, instance });
  return {
    url: server.url,
    died: collector.died,
    async stop() {
      withdrawWorkerAddress(settings.home, instance);
      await server.stop(drainMs);
      await requests.stop();
      await watch.stop();
      await turn.stop();
      await maskCounts.stop();
      await pipeline.close();
    },
  };
}
