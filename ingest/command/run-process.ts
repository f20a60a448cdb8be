import { fileURLToPath } from "node:url";
import { CommandError, type Command } from "#ingest/command/command.ts";
import { supervise } from "#ingest/supervisor/supervise.ts";

const runProcess = (name: string, summary: string, script: string): Command => ({
  name,
  usage: "",
  summary,
  options: {},
  async run() {
    const supervisor = supervise({ env: { ...process.env }, graceMs: 30_000 });
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => supervisor.stop());
    const code = await supervisor.run([fileURLToPath(new URL(script, import.meta.url))]);
    if (code !== 0) throw new CommandError(`the ${name} ended with exit code ${code}`);
    return { result: { stopped: true }, text: `The ${name} has stopped.` };
  },
});

export const runWorker = runProcess("worker", "run the ingest worker alone", "../main.ts");
export const runConsole = runProcess(
  "console",
  "run the console alone (npm run build first)",
  "../../app/_server/console.ts",
);
