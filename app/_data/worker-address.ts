import "server-only";
import { z } from "zod";
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

interface WorkerState {
  readonly isUp: boolean;
  /** Events that wait on its disk for the store; null where it keeps none there, or does not say. */
  readonly spooled: number | null;
}

let asked: { readonly at: number; readonly state: Promise<WorkerState> } | null = null;

const answerOf = z.object({ spool: z.object({ state: z.string(), events: z.number() }).optional() });

const ask = async (url: string): Promise<WorkerState> => {
  const get = (path: string): Promise<Response> =>
    fetch(`${url}${path}`, { signal: AbortSignal.timeout(answersWithinMs), cache: "no-store" });
  try {
    const { ok: isUp } = await get("/healthz");
    const { data } = answerOf.safeParse(await (await get("/readyz")).json());
    return { isUp, spooled: data?.spool === undefined || data.spool.state === "idle" ? null : data.spool.events };
  } catch {
    return { isUp: false, spooled: null };
  }
};

/** What the worker says of itself; asked at most every few seconds, however many pages are open. */
export const readWorkerState = async (): Promise<WorkerState | null> => {
  const url = localWorkerUrl();
  if (url === null) return null;
  const now = currentConsole().now();
  if (asked === null || now - asked.at >= askAgainAfterMs) asked = { at: now, state: ask(url) };
  return asked.state;
};

/** Whether the worker answers; null where it cannot be told. */
export const isWorkerUp = async (): Promise<boolean | null> => (await readWorkerState())?.isUp ?? null;
