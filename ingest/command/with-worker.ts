import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { CommandError, type CommandContext } from "#ingest/command/command.ts";
import { findRunningWorker } from "#lib/config/worker-address.ts";

const startLimitMs = 30_000;

/**
 * Does work that only the worker may do: with the one that runs on this `HOPLINE_HOME`, or, where none runs, with one
 * started for it on a free loopback port and stopped (drained) afterwards. `work` is given the worker's address.
 */
export const withWorker = async <Result>(
  context: CommandContext,
  work: (url: string) => Promise<Result>,
): Promise<Result> => {
  const running = await findRunningWorker(context.settings.home);
  if (running !== null) return await work(running.url);
  const child = startWorker();
  try {
    return await work(await readAddress(child));
  } finally {
    child.kill("SIGTERM");
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  }
};

const startWorker = (): ChildProcess =>
  spawn(process.execPath, [fileURLToPath(new URL("../main.ts", import.meta.url))], {
    env: { ...process.env, HOPLINE_INGEST_PORT: "0", HOPLINE_HOST: "127.0.0.1" },
    stdio: ["ignore", "pipe", "inherit"],
  });

/** The worker's log line `ready` names its address. */
const readAddress = async (child: ChildProcess): Promise<string> => {
  if (child.stdout === null) throw new CommandError("the worker's output cannot be read");
  const timer = setTimeout(() => child.kill("SIGTERM"), startLimitMs);
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      const address = /"url":"(http:[^"]+)"/.exec(line)?.[1];
      if (address !== undefined) {
        child.stdout.resume();
        return address;
      }
    }
  } finally {
    clearTimeout(timer);
  }
  throw new CommandError("the worker could not be started; what it said stands above");
};
