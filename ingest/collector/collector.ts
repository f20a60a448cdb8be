import { setFlagsFromString } from "node:v8";
import { Worker } from "node:worker_threads";
import type { Logger } from "pino";
import type { Elasticsearch } from "#lib/config/env.ts";
import type { CallFailure, CallName, Calls, FromCollector, ToCollector } from "#ingest/collector/call.ts";

export interface CollectorOptions {
  readonly home: string;
  /** null: the embedded store. */
  readonly elasticsearch: Elasticsearch | null;
  readonly secretFile: string;
  readonly timeZone: string;
  readonly retentionMs: number;
  readonly diskLimitBytes: number | null;
  /** Of the spool that stands before a cluster. */
  readonly spoolLimitBytes: number;
}

/** A call the collector could not do; `failure` says whether the same call may succeed later. */
export class CollectorError extends Error {
  override readonly name = "CollectorError";
  readonly failure: CallFailure;

  constructor(failure: CallFailure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** The collector as the sockets' thread sees it: everything that is taken in or changed goes through `call`. */
export interface Collector {
  call<Name extends CallName>(name: Name, input: Calls[Name]["input"]): Promise<Calls[Name]["output"]>;
  /** Resolves with the reason when the thread has died although nobody asked it to stop. */
  readonly died: Promise<Error>;
  stop(): Promise<void>;
}

interface Waiting {
  resolve(output: unknown): void;
  reject(error: Error): void;
}

/** Starts the thread; resolves when its store is open. Rejects with CollectorError `locked`, `damaged`, `newer_version`, `unavailable`, `unfit`. */
export async function startCollector(options: CollectorOptions, log: Logger): Promise<Collector> {
  // With a limit this low V8 would clear the heap whenever it has grown by a third, three times as often as memory asks for.
  setFlagsFromString("--heap-growing-percent=200");
  const thread = new Worker(new URL("./thread.ts", import.meta.url), {
    workerData: options,
    name: "collector",
    // Left to itself V8 lets garbage grow with the machine's memory; what is live here stays well under half of this.
    resourceLimits: { maxOldGenerationSizeMb: 160, maxYoungGenerationSizeMb: 16 },
  });
  const waiting = new Map<number, Waiting>();
  const ready = Promise.withResolvers<void>();
  const death = Promise.withResolvers<Error>();
  let nextId = 1;
  let stopped = false;

  thread.on("message", (message: FromCollector) => {
    if (message.kind === "ready") ready.resolve();
    else if (message.kind === "failed") ready.reject(new CollectorError(message.failure));
    else if (message.kind === "log") log[message.level](message.fields, message.message);
    else {
      const call = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.kind === "answered") call?.resolve(message.output);
      else call?.reject(new CollectorError(message.failure));
    }
  });
  const end = (cause: Error): void => {
    const error = new CollectorError({
      code: "stopping",
      message: `The collector is not running: ${cause.message}`,
      retryable: true,
    });
    ready.reject(error);
    for (const call of waiting.values()) call.reject(error);
    waiting.clear();
    if (!stopped) death.resolve(cause);
    stopped = true;
  };
  thread.on("error", (error: unknown) => end(error instanceof Error ? error : new Error(String(error))));
  thread.on("exit", (code) => end(new Error(`its thread ended with code ${code}`)));

  const call = <Name extends CallName>(name: Name, input: Calls[Name]["input"]): Promise<Calls[Name]["output"]> => {
    if (stopped) {
      return Promise.reject(
        new CollectorError({ code: "stopping", message: "The worker is stopping.", retryable: true }),
      );
    }
    const id = nextId++;
    const answer = new Promise<unknown>((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      const message = toMessage(id, name, input);
      thread.postMessage(message, message.name === "batch" ? [message.input.body.buffer] : []);
    });
    // The thread answers each name with the output `Calls` has for it.
    return answer as Promise<Calls[Name]["output"]>;
  };

  await ready.promise;
  return {
    call,
    died: death.promise,
    async stop() {
      if (stopped) return;
      const done = call("stop", null);
      stopped = true;
      await done;
      await thread.terminate();
    },
  };
}

/** A name and its own input make one member of the union. */
const toMessage = <Name extends CallName>(id: number, name: Name, input: Calls[Name]["input"]): ToCollector =>
  ({ id, name, input }) as unknown as ToCollector;
