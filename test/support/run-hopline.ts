import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

type Environment = Readonly<Record<string, string>>;

export interface RunningCommand {
  readonly child: ChildProcess;
  /** When it has ended: its exit code, null where a signal ended it, and what it said. */
  readonly ended: Promise<{ readonly code: number | null; readonly out: string; readonly said: string }>;
}

/** Starts `hopline …` as a process of its own. */
export function startHopline(words: readonly string[], env: Environment): RunningCommand {
  const child = spawn(process.execPath, ["ingest/hopline.ts", ...words], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [out, said] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  return { child, ended: once(child, "close").then(() => ({ code: child.exitCode, out, said })) };
}

/** Runs `hopline … --json` to its end and answers the one object printed; fails where the command does. */
export async function runHopline(
  words: readonly string[],
  env: Environment,
): Promise<Readonly<Record<string, unknown>>> {
  const { code, out, said } = await startHopline([...words, "--json"], env).ended;
  if (code !== 0) throw new Error(`hopline ${words.join(" ")} ended with ${code}: ${out}${said}`);
  return JSON.parse(out) as Readonly<Record<string, unknown>>;
}
