import { once } from "node:events";
import type { Server } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import type { Logger } from "pino";
import type { ConsoleContext } from "#app/_server/console-context.ts";
import { portOf } from "#app/_server/port-of.ts";
import { createWaitingServer } from "#app/_server/waiting-server.ts";
import { newLooks } from "#lib/audit/looks.ts";
import type { Settings } from "#lib/config/env.ts";
import { checkSecret } from "#lib/storage/check-secret.ts";
import { checkOf } from "#lib/config/secret-check.ts";
import { openSecret } from "#lib/config/secret.ts";
import { openControl, openEvents } from "#lib/storage/open.ts";
import { openWhenThere } from "#lib/storage/open-when-there.ts";
import { StorageError } from "#lib/storage/storage-error.ts";

interface OpenContextOptions {
  readonly settings: Settings;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

interface Opened {
  readonly context: ConsoleContext;
  /** Where it is to listen: where it said that it waits, if it had to. */
  readonly port: number;
}

async function openOnce(settings: Settings, log: Logger): Promise<ConsoleContext> {
  const now = Date.now;
  const secret = await openSecret(settings.secretFile);
  const control = await openControl(settings, { mode: "console", now });
  try {
    await checkSecret(control.definitions, checkOf(secret), settings.secretFile);
    const events = await openEvents(settings, { mode: "reader", now });
    return { settings, control, events, secret, log, looks: newLooks(), now };
  } catch (error) {
    await control.close();
    throw error;
  }
}

/** Opens the stores; a cluster that is away is waited for, and the console's own address says so meanwhile. Null where the signal came first. */
export async function openContext({ settings, log, signal }: OpenContextOptions): Promise<Opened | null> {
  const servers: Server[] = [];
  let reason = "";
  try {
    const context = await openWhenThere({
      open: () => openOnce(settings, log),
      isAway: (error): error is StorageError =>
        settings.elasticsearch !== null &&
        error instanceof StorageError &&
        (error.code === "unavailable" || error.code === "full"),
      async onAway({ message }) {
        const isNews = message !== reason;
        reason = message;
        if (servers.length === 0) servers.push(await listenMeanwhile(settings, () => reason));
        if (isNews) log.warn({ url: urlOf(settings, servers), reason }, "waiting for the store");
      },
      pause: (durationMs) => pause(durationMs, null, { signal }).catch(() => null),
      signal,
    });
    const [server] = servers;
    return context && { context, port: server === undefined ? settings.consolePort : portOf(server) };
  } finally {
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    }
  }
}

const urlOf = ({ host }: Settings, [server]: readonly Server[]): string =>
  server === undefined ? "" : `http://${host.includes(":") ? `[${host}]` : host}:${portOf(server)}`;

async function listenMeanwhile(settings: Settings, reason: () => string): Promise<Server> {
  const server = createWaitingServer({ reason, isHttps: settings.publicUrl.startsWith("https://") });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(settings.consolePort, settings.host, resolve);
  });
  return server;
}
