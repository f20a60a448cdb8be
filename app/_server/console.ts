import { fileURLToPath } from "node:url";
import { pino } from "pino";
import { publishToConsole, readEnv, SettingsError } from "#lib/config/env.ts";
import { StorageError } from "#lib/storage/storage-error.ts";
import { provideConsole } from "#app/_server/console-context.ts";
import { createConsoleServer } from "#app/_server/console-server.ts";
import { createMetrics } from "#app/_server/metrics.ts";
import { offerSetUp } from "#app/_server/offer-set-up.ts";
import { openContext } from "#app/_server/open-context.ts";
import { portOf } from "#app/_server/port-of.ts";

// The console as a process: settings from the environment, log lines as JSON on stdout, 0 for a stop that was asked for.
// A log that nobody reads any more must keep nobody from stopping.
process.stdout.on("error", () => undefined);
const log = pino(
  {
    name: "console",
    base: { pid: process.pid },
    redact: ["headers.authorization", "headers.cookie", "token", "secret", "password"],
  },
  process.stdout,
);
const root = fileURLToPath(new URL("../..", import.meta.url));
const drainMs = 5_000;
const headsEveryMs = 24 * 60 * 60_000;
/** Of chains that grew within so long: those that ended before stand in the log already. */
const headsOfMs = 30 * 24 * 60 * 60_000;

const urlOf = (host: string, port: number): string => `http://${host.includes(":") ? `[${host}]` : host}:${port}`;

async function run(): Promise<void> {
  const given = readEnv();
  const stopping = new AbortController();
  let stop = async (): Promise<void> => process.exit(0);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      if (stopping.signal.aborted) return;
      stopping.abort();
      log.info({ why: signal }, "stopping");
      void stop();
    });
  }
  const opened = await openContext({ settings: given, log, signal: stopping.signal });
  if (opened === null) return;
  const { context } = opened;
  const { control, events } = context;
  const metrics = createMetrics();
  const handler = Promise.withResolvers<Parameters<typeof createConsoleServer>[0]["handle"]>();
  // listening comes first: with port 0 only the system knows the address that links and cookies go by
  const server = createConsoleServer({
    context,
    metrics,
    handle: async (request, response) => (await handler.promise)(request, response),
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(opened.port, given.host, resolve);
  });
  const port = portOf(server);
  const publicUrl = given.publicUrlIsDefault ? `http://localhost:${port}` : given.publicUrl;
  const settings = { ...given, publicUrl, consolePort: port };
  provideConsole({ ...context, settings });
  publishToConsole(settings);

  const { default: next } = await import("next");
  const pages = next({
    dev: false,
    dir: root,
    hostname: given.host,
    port,
    httpServer: server,
  });
  await pages.prepare();
  handler.resolve(pages.getRequestHandler());

  const logHeads = async (): Promise<void> => {
    log.info({ heads: await control.audit.heads(context.now() - headsOfMs) }, "audit chain heads");
  };
  const daily = setInterval(
    () => void logHeads().catch((error: unknown) => log.error({ err: error }, "audit heads")),
    headsEveryMs,
  );
  await logHeads();

  stop = async () => {
    clearInterval(daily);
    setTimeout(() => server.closeAllConnections(), drainMs).unref();
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeIdleConnections();
    });
    await pages.close();
    await control.close();
    await events.close();
    log.info("stopped");
    process.exit(0);
  };
  log.info({ url: urlOf(given.host, port), publicUrl, home: given.home }, "ready");
  const link = await offerSetUp(context, publicUrl);
  if (link !== null) {
    process.stdout.write(
      `\nHopline has no account yet. Open this link within an hour to create the administrator:\n\n  ${link}\n\n`,
    );
  }
}

/** What a person can act on, without a stack: settings, a store that is damaged or newer, a port that is taken. */
function sentenceOf(error: unknown): string | null {
  if (error instanceof SettingsError || error instanceof StorageError) return error.message;
  if (error instanceof Error && "code" in error && error.code === "EADDRINUSE") {
    return `${error.message}. Another program listens there; set HOPLINE_CONSOLE_PORT to a free port.`;
  }
  return null;
}

try {
  await run();
} catch (error) {
  const sentence = sentenceOf(error);
  if (sentence === null) log.fatal({ err: error }, "the console could not start");
  else {
    log.fatal(sentence);
    process.stderr.write(`hopline: ${sentence}\n`);
  }
  process.exit(1);
}
