import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Where the worker of a home listens: commands and the console know the home, not the port that the worker was given. */
export interface WorkerAddress {
  /** As this machine reaches it. */
  readonly url: string;
  /** Told by the worker's `/healthz` too: an address left behind by a killed worker may by now be another home's. */
  readonly instance: string;
}

const fileOf = (home: string): string => join(home, "worker.json");

export const publishWorkerAddress = (home: string, { url, instance }: WorkerAddress): void => {
  const file = fileOf(home);
  writeFileSync(`${file}.new`, `${JSON.stringify({ url: toReachable(url), instance })}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
};

/** Does nothing where another worker has published its own since. */
export const withdrawWorkerAddress = (home: string, instance: string): void => {
  if (readWorkerAddress(home)?.instance === instance) rmSync(fileOf(home), { force: true });
};

/** What was published last; whether somebody still listens there is the caller's to ask. */
export const readWorkerAddress = (home: string): WorkerAddress | null => {
  try {
    const value: unknown = JSON.parse(readFileSync(fileOf(home), "utf8"));
    return isWorkerAddress(value) ? value : null;
  } catch {
    return null;
  }
};

/** The worker that runs on this home now; null where none answers. */
export const findRunningWorker = async (home: string): Promise<WorkerAddress | null> => {
  const address = readWorkerAddress(home);
  if (address === null) return null;
  try {
    const answer = await fetch(`${address.url}/healthz`, { signal: AbortSignal.timeout(2_000) });
    const body: unknown = await answer.json();
    const isSame =
      typeof body === "object" && body !== null && "instance" in body && body.instance === address.instance;
    return answer.ok && isSame ? address : null;
  } catch {
    return null;
  }
};

const toReachable = (url: string): string => {
  const reached = new URL(url);
  if (reached.hostname === "0.0.0.0") reached.hostname = "127.0.0.1";
  if (reached.hostname === "[::]") reached.hostname = "[::1]";
  return reached.origin;
};

const isWorkerAddress = (value: unknown): value is WorkerAddress =>
  typeof value === "object" &&
  value !== null &&
  "url" in value &&
  typeof value.url === "string" &&
  "instance" in value &&
  typeof value.instance === "string";
