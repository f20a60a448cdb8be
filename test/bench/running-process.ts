import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export interface RunningProcess {
  readonly pid: number;
  /** Every line of standard output, as it comes. */
  onLine(listener: (line: string) => void): void;
  /** Resolves with the exit code, null after a signal. */
  readonly ended: Promise<number | null>;
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
  const ended = new Promise<number | null>((resolve) => {
    child.once("close", resolve);
  });
  return {
    pid: child.pid ?? 0,
    ended,
    onLine: (listener) => void lines.on("line", listener),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGTERM");
      await ended;
    },
  };
};

/** What `read` makes of the first line it takes for its own; rejects where the process ends without one, so that nobody waits for ever. */
export const firstLine = <Value>(running: RunningProcess, read: (line: string) => Value | undefined): Promise<Value> =>
  new Promise((resolve, reject) => {
    running.onLine((line) => {
      const value = read(line);
      if (value !== undefined) resolve(value);
    });
    void running.ended.then((code) =>
      reject(new Error(`a process ended with ${code} before it said what was waited for`)),
    );
  });

/** Builds the console where its build is not that of the sources as they are. */
export const buildConsole = async (): Promise<void> => {
  const code = await startProcess("ingest/build.ts", {}).ended;
  if (code !== 0) throw new Error(`the console's build ended with ${code}`);
};

/** Runs a command of the command line and answers the one object that `--json` prints. */
export const runCommand = async (
  words: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, unknown>>> => {
  const running = startProcess("ingest/hopline.ts", env, [...words, "--json"]);
  const line = await firstLine(running, (text) => text);
  await running.stop();
  return JSON.parse(line) as Readonly<Record<string, unknown>>;
};

/** The address in a process's log line `ready`. */
export const readyUrl = (running: RunningProcess): Promise<string> =>
  firstLine(running, (line) => /"url":"(http:[^"]+)".*"msg":"ready"/.exec(line)?.[1]);
