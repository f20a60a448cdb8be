import type { Logger } from "pino";
import { backup } from "#ingest/backup.ts";
import { type Collector, CollectorError } from "#ingest/collector/collector.ts";
import type { Declarations } from "#ingest/flow-files/declarations.ts";
import { pause } from "#ingest/pause.ts";
import { loadSample } from "#ingest/sample/load-sample.ts";
import { removeSample } from "#ingest/sample/remove-sample.ts";
import { RequestError } from "#ingest/request-error.ts";
import type { Settings } from "#lib/config/env.ts";
import type { Request } from "#lib/storage/requests.ts";
import { StorageError } from "#lib/storage/storage-error.ts";
import type { ControlStorage } from "#lib/storage/storage.ts";

const askEveryMs = 300;

export interface RequestTaker {
  /** Resolves when the request under way, if any, has been answered. */
  stop(): Promise<void>;
}

interface RequestTakerOptions {
  readonly settings: Settings;
  readonly control: Pick<ControlStorage, "requests" | "definitions">;
  readonly collector: Pick<Collector, "call">;
  readonly declarations: Declarations;
  readonly log: Logger;
  readonly now: () => number;
}

type Output = Readonly<Record<string, unknown>>;

/** Does what other processes ask of the worker through the control store, one at a time, in the order asked. */
export function takeRequests(options: RequestTakerOptions): RequestTaker {
  const stopping = new AbortController();
  const loop = run(options, stopping.signal);
  return {
    async stop() {
      stopping.abort();
      await loop;
    },
  };
}

async function run(options: RequestTakerOptions, signal: AbortSignal): Promise<void> {
  const { control, log } = options;
  let isLost = false;
  while (!signal.aborted) {
    try {
      const request = await control.requests.take();
      isLost = false;
      if (request !== null) {
        await finish(request, options);
        continue;
      }
    } catch (error) {
      if (!isLost) log.warn({ err: error }, "requests could not be read; trying until they can");
      isLost = true;
    }
    await pause(askEveryMs, signal);
  }
}

async function finish(request: Request, options: RequestTakerOptions): Promise<void> {
  const { control, log } = options;
  const about = { request: request.id, kind: request.kind, by: request.by };
  try {
    const output = await perform(request, options);
    await control.requests.finish(request.id, "done", output);
    log.info({ ...about, ...output }, "did what was asked");
  } catch (error) {
    const isKnown = error instanceof CollectorError || error instanceof RequestError || error instanceof StorageError;
    log.warn({ ...about, ...(isKnown ? { reason: error.message } : { err: error }) }, "could not do what was asked");
    const message = isKnown ? error.message : "The worker met an error it does not know. Its log says more.";
    await control.requests.finish(request.id, "failed", { error: message });
  }
}

async function perform(
  { kind, input, by }: Request,
  { settings, control: { definitions }, collector, declarations, now }: RequestTakerOptions,
): Promise<Output> {
  switch (kind) {
    case "backup":
      return await backup(settings, textOf(input, "directory"));
    case "redrive":
      return await collector.call("redrive", {
        ...(Array.isArray(input["ids"]) ? { ids: input["ids"].filter((id) => typeof id === "string") } : {}),
        ...(typeof input["reason"] === "string" ? { reason: input["reason"] } : {}),
        ...(typeof input["source"] === "string" ? { source: input["source"] } : {}),
      });
    case "rejudge":
      return await declarations.rejudge(textOf(input, "flow"));
    case "reload_flows":
      return await declarations.reload();
    case "load_sample":
      return await loadSample({ definitions, collector, declarations, now }, by);
    case "remove_sample":
      return await removeSample({ definitions, collector, declarations, now }, by);
  }
}

function textOf(input: Output, name: string): string {
  const value = input[name];
  if (typeof value !== "string" || value === "") throw new RequestError(`The request does not name a ${name}.`);
  return value;
}
