import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { storeEnvOf } from "#test/support/store-place.ts";

const main = fileURLToPath(new URL("../../ingest/main.ts", import.meta.url));

export interface WorkerOptions {
  /** Default: a new temporary directory, removed by `remove`. */
  readonly home?: string;
  /** Files of the flows folder by name, written before the start. */
  readonly flows?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** What it says when it is taken as started; a worker before its store says `waiting for the store`. */
  readonly until?: "ready" | "waiting for the store";
}

/** A real worker as a process of its own, on its own home and a free port. */
export interface TestWorker {
  readonly url: string;
  readonly home: string;
  readonly pid: number;
  /** Log lines so far, parsed. */
  readonly lines: readonly Readonly<Record<string, unknown>>[];
  post(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<Response>;
  /** NDJSON of these events; answers the parsed body. */
  sendHops(
    events: readonly unknown[],
  ): Promise<{ readonly accepted: number; readonly duplicates: number; readonly rejected: readonly unknown[] }>;
  /** Resolves with the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

export const newHome = (): string => mkdtempSync(join(tmpdir(), "hopline-test-"));
export const removeHome = (home: string): void => rmSync(home, { recursive: true, force: true });

export function writeFlows(home: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const file = join(home, "flows", name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

/** Starts a worker that is expected not to come up; resolves with its exit code and what it said. */
export async function startRefused(
  options: WorkerOptions & { readonly home: string },
): Promise<{ readonly code: number | null; readonly said: string }> {
  const child = spawnWorker(options, options.home);
  let said = "";
  child.stdout?.on("data", (chunk: Buffer) => (said += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (said += chunk.toString()));
  await once(child, "close");
  return { code: child.exitCode, said };
}

export async function startTestWorker(options: WorkerOptions = {}): Promise<TestWorker> {
  const home = options.home ?? newHome();
  mkdirSync(home, { recursive: true });
  writeFlows(home, options.flows ?? {});
  const child = spawnWorker(options, home);
  const lines: Readonly<Record<string, unknown>>[] = [];
  const said: string[] = [];
  child.stderr?.on("data", (chunk: Buffer) => said.push(chunk.toString()));
  const url = await readUrl(child, { until: options.until ?? "ready", lines, said });
  const post = (path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
    fetch(url + path, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: typeof body === "string" || body instanceof Uint8Array ? toBody(body) : JSON.stringify(body),
    });
  return {
    url,
    home,
    pid: child.pid ?? 0,
    lines,
    post,
    async sendHops(events) {
      const response = await post("/v1/hops", events.map((event) => JSON.stringify(event)).join("\n"), {
        "content-type": "application/x-ndjson",
      });
      return toAnswer(await response.json());
    },
    async stop(signal = "SIGTERM") {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const closed = once(child, "close");
      child.kill(signal);
      await closed;
      return child.exitCode;
    },
  };
}

function spawnWorker(options: WorkerOptions, home: string): ChildProcess {
  return spawn(process.execPath, [main], {
    cwd: home,
    env: {
      ...process.env,
      ...storeEnvOf(home),
      HOPLINE_HOME: home,
      HOPLINE_INGEST_PORT: "0",
      HOPLINE_HOST: "127.0.0.1",
      ...options.env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

interface Reading {
  readonly until: string;
  readonly lines: Readonly<Record<string, unknown>>[];
  readonly said: readonly string[];
}

/** The log line `ready` names the address; lines keep being read afterwards. */
function readUrl(child: ChildProcess, { until, lines, said }: Reading): Promise<string> {
  return new Promise((resolve, reject) => {
    if (child.stdout === null) throw new Error("The worker has no stdout");
    const reader = createInterface({ input: child.stdout });
    reader.on("line", (text) => {
      const line = toLine(text);
      lines.push(line);
      if (line["msg"] === until && typeof line["url"] === "string") resolve(line["url"]);
    });
    child.once("close", (code) =>
      reject(
        new Error(
          `The worker ended with ${code}: ${said.join("")}${lines.map((line) => JSON.stringify(line)).join("\n")}`,
        ),
      ),
    );
  });
}

function toLine(text: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    return { msg: text };
  }
}

/** Bytes of a test are never shared memory. */
const toBody = (body: string | Uint8Array): BodyInit => body as BodyInit;

/** The worker's own answer to `POST /v1/hops`. */
const toAnswer = (body: unknown): Awaited<ReturnType<TestWorker["sendHops"]>> =>
  body as Awaited<ReturnType<TestWorker["sendHops"]>>;
