import "server-only";
import { readWorkerAddress } from "#lib/config/worker-address.ts";
import { currentConsole } from "#app/_data/console.ts";

const askAgainAfterMs = 3_000;
const answersWithinMs = 1_000;

const anyAddress = ["0.0.0.0", "::"];

/**
 * Where the worker of this installation listens, as this machine reaches it: what it published in the home, else what the settings
 * say; null where no worker ran yet and only the system chooses the port.
 */
const localWorkerUrl = (): string | null => {
  const { home, host, ingestPort } = currentConsole().settings;
  const published = readWorkerAddress(home);
  if (published !== null) return published.url;
  if (ingestPort === 0) return null;
  const reached = anyAddress.includes(host) ? "127.0.0.1" : host;
  return `http://${reached.includes(":") ? `[${reached}]` : reached}:${ingestPort}`;
};

/** Where other machines reach the worker: the public host with the worker's port, where it listens on more than loopback. */
export const reachedWorkerUrl = (): string => {
  const { host, ingestPort, publicUrl } = currentConsole().settings;
  const local = localWorkerUrl() ?? "http://127.0.0.1:4318";
  if (["127.0.0.1", "localhost", "::1"].includes(host)) return local;
  // the worker itself speaks plain HTTP
  const reached = new URL(publicUrl);
  return `http://${reached.hostname}:${ingestPort === 0 ? new URL(local).port : ingestPort}`;
};

let asked: { readonly at: number; readonly isUp: Promise<boolean> } | null = null;

const ask = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(answersWithinMs), cache: "no-store" })).ok;
  } catch {
    return false;
  }
};

/** Whether the worker answers; asked at most every few seconds, however many pages are open. */
export const isWorkerUp = async (): Promise<boolean | null> => {
  const url = localWorkerUrl();
  if (url === null) return null;
  const now = currentConsole().now();
  if (asked === null || now - asked.at >= askAgainAfterMs) asked = { at: now, isUp: ask(url) };
  return asked.isUp;
};
