import { pino } from "pino";
import { CollectorError } from "#ingest/collector/collector.ts";
import { type RunningWorker, startWorker } from "#ingest/worker.ts";
import { readEnv, SettingsError } from "#lib/config/env.ts";
import { StorageError } from "#lib/storage/storage-error.ts";

// The ingest worker as a process: settings from the environment, log lines as JSON on stdout, 0 for a stop that was asked for.
// A log that nobody reads any more must keep nobody from stopping.
process.stdout.on("error", () => undefined);
const log = pino(
  {
    name: "worker",
    base: { pid: process.pid },
    redact: ["headers.authorization", "token", "secret", "password"],
  },
  process.stdout,
);

async function run(): Promise<void> {
  const settings = readEnv();
  const stopping = new AbortController();
  let worker: RunningWorker | null = null;
  const stop = async (why: string): Promise<void> => {
    if (stopping.signal.aborted) return;
    stopping.abort();
    log.info({ why }, "stopping");
    await worker?.stop();
    log.info("stopped");
    process.exit(process.exitCode ?? 0);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void stop(signal));
  worker = await startWorker({ settings, log, now: Date.now, signal: stopping.signal });
  if (worker === null) return;
  void worker.died.then((error) => {
    log.fatal({ err: error }, "the collector has died");
    process.exit(1);
  });
  log.info({ url: worker.url, home: settings.home }, "ready");
}

/** What a person can act on, without a stack: settings, a store that is held, damaged or newer, a port that is taken. */
function sentenceOf(error: unknown): string | null {
  if (error instanceof SettingsError || error instanceof StorageError || error instanceof CollectorError)
    return error.message;
  if (error instanceof Error && "code" in error && error.code === "EADDRINUSE") {
    return `${error.message}. Another program listens there; set HOPLINE_INGEST_PORT to a free port.`;
  }
  return null;
}

try {
  await run();
} catch (error) {
  const sentence = sentenceOf(error);
  if (sentence === null) log.fatal({ err: error }, "the worker could not start");
  else {
    log.fatal(sentence);
    process.stderr.write(`hopline: ${sentence}\n`);
  }
  process.exit(1);
}
