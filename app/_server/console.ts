import type { Server } from "node:http";
import { fileURLToPath } from "node:url";
import { pino } from "pino";
import { newLooks } from "#lib/audit/looks.ts";
import { openEvents, openControl } from "#lib/storage/open.ts";
import { checkSecret } from "#lib/config/check-secret.ts";
import { openSecret } from "#lib/config/secret.ts";
import { publishToConsole, readEnv, SettingsError, type Settings } from "#lib/config/env.ts";
import { StorageError } from "#lib/storage/storage-error.ts";
import { provideConsole, type ConsoleContext } from "#app/_server/console-context.ts";
import { createConsoleServer } from "#app/_server/console-server.ts";
import { createMetrics } from "#app/_server/metrics.ts";
import { offerSetUp } from "#app/_server/offer-set-up.ts";

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

const portOf = (server: Server): number => {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The console does not listen on a port.");
  return address.port;
};

async function openContext(settings: Settings): Promise<ConsoleContext> {
  const now = Date.now;
  const secret = await openSecret(settings.secretFile);
  const control = await openControl(settings, { mode: "console", now });
  await checkSecret(control.definitions, secret, settings.secretFile);
  const events = await openEvents(settings, { mode: "reader", now });
  return { settings, control, events, secret, log, looks: newLooks(), now };
}

async function run(): Promise<void> {
  const given = readEnv();
  const context = await openContext(given);
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
    server.listen(given.consolePort, given.host, resolve);
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

  const stop = async (why: string): Promise<void> => {
    log.info({ why }, "stopping");
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
  let stopping = false;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      void stop(signal);
    });
  }

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
