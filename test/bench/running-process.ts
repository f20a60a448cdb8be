import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export interface RunningProcess {
  readonly pid: number;
  /** Every line of standard output, as it comes. */
  onLine(listener: (line: string) => void): void;
  stop(): Promise<void>;
}

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Runs Node on a file of this repository; output to stderr is let through. */
export const startProcess = (
  file: string,
  env: Readonly<Record<string, string>>,
  args: readonly string[] = [],
): RunningProcess => {
  const child = spawn(process.execPath, [file, ...args], {
    cwd: root,
    env: { ...process.env, ...env, NODE_ENV: "production" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout });
  return {
    pid: child.pid ?? 0,
    onLine: (listener) => void lines.on("line", listener),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    },
  };
};

/** Runs a command of the command line and answers the one object that `--json` prints. */
export const runCommand = async (
  words: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, unknown>>> => {
  const running = startProcess("ingest/hopline.ts", env, [...words, "--json"]);
  const line = await new Promise<string>((resolve) => running.onLine(resolve));
  await running.stop();
  return JSON.parse(line) as Readonly<Record<string, unknown>>;
};

/** The address in a process's log line `ready`. */
export const readyUrl = (running: RunningProcess): Promise<string> =>
  new Promise((resolve) => {
    running.onLine((line) => {
      const url = /"url":"(http:[^"]+)".*"msg":"ready"/.exec(line)?.[1];
      if (url !== undefined) resolve(url);
    });
  });
