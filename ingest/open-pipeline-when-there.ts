import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import { CollectorError } from "#ingest/collector/collector.ts";
import { createAuthoriser } from "#ingest/http/authorise.ts";
import { type HttpServer, listen } from "#ingest/http/server.ts";
import { waitingRoutes } from "#ingest/http/waiting-routes.ts";
import { pause } from "#ingest/pause.ts";
import { openPipeline, type Pipeline } from "#ingest/pipeline.ts";
import type { Settings } from "#lib/config/env.ts";
import { openWhenThere } from "#lib/storage/open-when-there.ts";
import { StorageError } from "#lib/storage/storage-error.ts";

interface Opened {
  readonly pipeline: Pipeline;
  /** Where the worker listens: where it said that it waits, if it had to. */
  readonly port: number;
}

interface OpenOptions {
  readonly settings: Settings;
  readonly log: Logger;
  readonly now: () => number;
  readonly signal: AbortSignal;
}

const drainMs = 1_000;

/** As `openPipeline`; a cluster that is away is waited for, and the worker's own address says so meanwhile. Null where the signal came first. */
export async function openPipelineWhenThere({ settings, log, now, signal }: OpenOptions): Promise<Opened | null> {
  let reason = "";
  const servers: HttpServer[] = [];
  try {
    const pipeline = await openWhenThere({
      open: () => openPipeline(settings, log, now),
      isAway: (error): error is Error => settings.elasticsearch !== null && isAway(error),
      async onAway({ message }) {
        const isNews = message !== reason;
        reason = message;
        if (servers.length === 0) servers.push(await listenMeanwhile(settings, () => reason, log));
        if (isNews) log.warn({ url: servers[0]?.url, reason }, "waiting for the store");
      },
      pause: (durationMs) => pause(durationMs, signal),
      signal,
    });
    const port = servers[0] === undefined ? settings.ingestPort : Number(new URL(servers[0].url).port);
    return pipeline && { pipeline, port };
  } finally {
    for (const server of servers) await server.stop(drainMs);
  }
}

const listenMeanwhile = async (settings: Settings, reason: () => string, log: Logger): Promise<HttpServer> =>
  listen({
    host: settings.host,
    port: settings.ingestPort,
    routes: waitingRoutes(reason, randomUUID()),
    // Nothing that it answers is for some only.
    authoriser: createAuthoriser({ boundToLoopback: false, tokens: { find: async () => null } }),
    log,
    observe: () => undefined,
  });

function isAway(error: unknown): boolean {
  const code = error instanceof CollectorError ? error.failure.code : error instanceof StorageError ? error.code : null;
  return code === "unavailable" || code === "full";
}
