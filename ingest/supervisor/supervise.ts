import { type ChildProcess, spawn } from "node:child_process";
import { constants } from "node:os";

export interface Supervisor {
  /** Starts Node with these arguments; resolves with its exit code, 128 + number for a signal. Nothing starts once stopping. */
  run(args: readonly string[], cwd?: string): Promise<number>;
  /** Asks all that run to stop (SIGTERM); those still there after `graceMs` are killed. */
  stop(): void;
  kill(): void;
}

interface SupervisorOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly graceMs: number;
}

const preload = new URL("stop-with-parent.ts", import.meta.url).href;
const exitCodeOf = (signal: NodeJS.Signals): number => 128 + constants.signals[signal];

export function supervise({ env, graceMs }: SupervisorOptions): Supervisor {
  const children = new Set<ChildProcess>();
  let stopping = false;

  const signalAll = (signal: NodeJS.Signals): void => {
    for (const child of children) child.kill(signal);
  };

  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    signalAll("SIGTERM");
    setTimeout(() => signalAll("SIGKILL"), graceMs).unref();
  };

  // npm hands a signal to the shell between itself and Node; a shell such as dash dies of it and passes nothing on.
  if (env["npm_lifecycle_event"] !== undefined) {
    const shell = process.ppid;
    setInterval(() => process.ppid !== shell && stop(), 200).unref();
  }

  return {
    async run(args, cwd = process.cwd()) {
      if (stopping) return exitCodeOf("SIGTERM");
      const child = spawn(process.execPath, ["--import", preload, ...args], {
        cwd,
        env: {
          ...env,
          NODE_ENV: "production",
          NEXT_TELEMETRY_DISABLED: "1",
          HOPLINE_SUPERVISOR_PID: String(process.pid),
        },
        stdio: ["ignore", "inherit", "inherit", "ipc"],
        // Its own process group: Ctrl-C in a terminal would otherwise reach it twice, from the terminal and from here.
        detached: process.platform !== "win32",
      });
      children.add(child);
      return await new Promise((resolve, reject) => {
        child.once("error", reject);
        child.once("exit", (code, signal) => {
          children.delete(child);
          resolve(signal ? exitCodeOf(signal) : (code ?? 1));
        });
      });
    },
    stop,
    kill() {
      stopping = true;
      signalAll("SIGKILL");
    },
  };
}
