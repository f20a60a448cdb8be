import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildConsole } from "#ingest/supervisor/build-console.ts";
import { supervise } from "#ingest/supervisor/supervise.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

export interface RunningTogether {
  /** Resolves when both have ended: the first exit code that is not 0. */
  readonly ended: Promise<number>;
  stop(): void;
}

interface RunTogetherOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Called at the first signal, before the processes are asked to stop. */
  readonly onStop?: () => void;
}

/**
 * The worker and the console as two processes that live and stop together, until a signal comes (a second one kills). The worker takes
 * events while the console is still being built.
 */
export function runTogether({ env, onStop }: RunTogetherOptions): RunningTogether {
  const supervisor = supervise({ env, graceMs: 30_000 });
  let asked = false;
  const stop = (): void => {
    if (!asked) onStop?.();
    asked = true;
    supervisor.stop();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      if (asked) supervisor.kill();
      stop();
    });
  }
  const runWorker = (): Promise<number> => supervisor.run([join(root, "ingest", "main.ts")]);
  const runConsole = async (): Promise<number> => {
    const buildCode = await buildConsole(root, supervisor);
    return buildCode === 0 ? await supervisor.run([join(root, "app", "_server", "console.ts")]) : buildCode;
  };
  /** In the order of ending: the first failure is the one that counts. */
  const exitCodes: number[] = [];
  const thenStopTheOther = async (run: Promise<number>): Promise<void> => {
    exitCodes.push(await run);
    stop();
  };
  return {
    ended: Promise.all([thenStopTheOther(runWorker()), thenStopTheOther(runConsole())]).then(
      () => exitCodes.find((code) => code !== 0) ?? 0,
    ),
    stop,
  };
}
