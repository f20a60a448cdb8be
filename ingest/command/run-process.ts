import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { CommandError, type Command } from "#ingest/command/command.ts";

const runProcess = (name: string, summary: string, script: string): Command => ({
  name,
  usage: "",
  summary,
  options: {},
  async run() {
    const child = spawn(process.execPath, [fileURLToPath(new URL(script, import.meta.url))], {
      stdio: "inherit",
      env: { ...process.env, NODE_ENV: "production" },
    });
    const forward = (signal: NodeJS.Signals): void => void child.kill(signal);
    process.on("SIGINT", forward).on("SIGTERM", forward);
    const { code, signal } = await new Promise<{
      readonly code: number | null;
      readonly signal: NodeJS.Signals | null;
    }>((resolve, reject) => {
      child.once("error", reject);
      child.once("exit", (exitCode, exitSignal) => resolve({ code: exitCode, signal: exitSignal }));
    });
    if (code !== 0)
      throw new CommandError(
        `the ${name} ended with ${code === null ? `signal ${String(signal)}` : `exit code ${String(code)}`}`,
      );
    return { result: { stopped: true }, text: `The ${name} has stopped.` };
  },
});

export const runWorker = runProcess("worker", "run the ingest worker alone", "../main.ts");
export const runConsole = runProcess(
  "console",
  "run the console alone (npm run build first)",
  "../../app/_server/console.ts",
);
