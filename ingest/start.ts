import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildConsole } from "#ingest/supervisor/build-console.ts";
import { supervise } from "#ingest/supervisor/supervise.ts";

// `npm start`: the worker and the console as two processes that live and stop together. The worker takes events while
// the console is still being built.
const root = fileURLToPath(new URL("..", import.meta.url));
const supervisor = supervise({ env: process.env, graceMs: 30_000 });

let asked = false;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => {
    if (asked) supervisor.kill();
    asked = true;
    supervisor.stop();
  });
}

async function runWorker(): Promise<number> {
  return await supervisor.run([join(root, "ingest", "main.ts")]);
}

async function runConsole(): Promise<number> {
  const buildCode = await buildConsole(root, supervisor);
  return buildCode === 0 ? await supervisor.run([join(root, "app", "_server", "console.ts")]) : buildCode;
}

/** Exit codes in the order of ending: the first failure is the one that counts. */
const exitCodes: number[] = [];

async function thenStopTheOther(run: Promise<number>): Promise<void> {
  exitCodes.push(await run);
  supervisor.stop();
}

await Promise.all([thenStopTheOther(runWorker()), thenStopTheOther(runConsole())]);
process.exitCode = exitCodes.find((code) => code !== 0) ?? 0;
