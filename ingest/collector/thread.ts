import { parentPort, workerData } from "node:worker_threads";
import type { CallFailure, FromCollector, ToCollector } from "#ingest/collector/call.ts";
import type { CollectorOptions } from "#ingest/collector/collector.ts";
import { type Core, openCore } from "#ingest/collector/core.ts";
import { StorageError } from "#lib/storage/storage-error.ts";

// The collector's thread: everything from a request's bytes to the store happens here, one thing at a time.

const tell = (message: FromCollector): void => parentPort?.postMessage(message, []);

/** Given by `startCollector`. */
const options = workerData as CollectorOptions;

const toFailure = (error: unknown): CallFailure => {
  if (error instanceof StorageError) return { code: error.code, message: error.message, retryable: error.retryable };
  const message = error instanceof Error ? error.message : String(error);
  return { code: "internal", message, retryable: false };
};

/** Each name is answered by the member of that name, which takes its input: the two types are made from one. */
const perform = (core: Core, message: ToCollector): Promise<unknown> => {
  const call = core[message.name] as (input: ToCollector["input"]) => Promise<unknown>;
  return call(message.input);
};

try {
  const core = await openCore(options, {
    now: Date.now,
    log: (level, message, fields = {}) => tell({ kind: "log", level, message, fields }),
  });
  parentPort?.on("message", (message: ToCollector) => {
    perform(core, message).then(
      (output) => tell({ kind: "answered", id: message.id, output }),
      (error: unknown) => {
        const failure = toFailure(error);
        if (failure.code === "internal")
          tell({
            kind: "log",
            level: "error",
            message: "a call failed",
            fields: { call: message.name, stack: error instanceof Error ? error.stack : undefined },
          });
        tell({ kind: "refused", id: message.id, failure });
      },
    );
  });
  tell({ kind: "ready" });
} catch (error) {
  tell({ kind: "failed", failure: toFailure(error) });
}
