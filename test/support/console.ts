import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll } from "vitest";
import { hashPassword } from "#lib/access/password-hash.ts";
import type { Role } from "#lib/access/role.ts";
import { openControl } from "#lib/storage/open.ts";
import type { ControlStorage } from "#lib/storage/storage.ts";
import { placeOf, storeEnvOf } from "#test/support/store-place.ts";
import { newHome, removeHome, startTestWorker, type TestWorker, type WorkerOptions } from "#test/support/worker.ts";

const main = fileURLToPath(new URL("../../app/_server/console.ts", import.meta.url));
/** Accounts of tests sign in often; what a hash costs stands in the hash. */
export const quickCost = 10;
export const goodPassword = "correct horse battery staple";

/** A real console as a process of its own, on a free port. It needs the build that the suite's set-up makes. */
export interface TestConsole {
  readonly url: string;
  readonly home: string;
  /** Everything it printed. */
  readonly said: readonly string[];
  /** Resolves with the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

export async function startTestConsole(
  home: string,
  env: Readonly<Record<string, string>> = {},
  until: "ready" | "waiting for the store" = "ready",
): Promise<TestConsole> {
  const child = spawn(process.execPath, [main], {
    cwd: home,
    env: {
      ...process.env,
      ...storeEnvOf(home),
      NODE_ENV: "production",
      HOPLINE_HOME: home,
      HOPLINE_CONSOLE_PORT: "0",
      HOPLINE_INGEST_PORT: "0",
      HOPLINE_HOST: "127.0.0.1",
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said: string[] = [];
  child.stderr?.on("data", (chunk: Buffer) => said.push(chunk.toString()));
  const url = await readUrl(child, said, until);
  return {
    url,
    home,
    said,
    async stop(signal = "SIGTERM") {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const closed = once(child, "close");
      child.kill(signal);
      await closed;
      return child.exitCode;
    },
  };
}

async function readUrl(child: ChildProcess, said: string[], until: string): Promise<string> {
  return new Promise((resolve, reject) => {
    if (child.stdout === null) throw new Error("The console has no stdout");
    createInterface({ input: child.stdout }).on("line", (line) => {
      said.push(line);
      const url = /"url":"(http:[^"]+)"/u.exec(line)?.[1];
      if (url !== undefined && line.includes(`"msg":"${until}"`)) resolve(url);
    });
    child.once("close", (code) => reject(new Error(`The console ended with ${code}: ${said.join("\n")}`)));
  });
}

/** The control store of a home, as a command opens it beside the running processes. */
export async function withControl<Result>(
  home: string,
  work: (control: ControlStorage) => Promise<Result>,
): Promise<Result> {
  const control = await openControl(placeOf(home), { mode: "command", now: Date.now });
  try {
    return await work(control);
  } finally {
    await control.close();
  }
}

export async function createUser(home: string, name: string, role: Role): Promise<string> {
  const passwordHash = await hashPassword(goodPassword, quickCost);
  const user = await withControl(home, async ({ access }) =>
    access.createUser({ name, role, passwordHash, createdAt: Date.now() }, "command"),
  );
  return user.id;
}

const cookiesOf = (response: Response): readonly string[] =>
  response.headers.getSetCookie().map((cookie) => cookie.split(";", 1)[0] ?? "");

export interface SignInAttempt {
  readonly status: number;
  /** next-auth's word for what went wrong; null where nothing did. */
  readonly error: string | null;
  /** The Cookie header of the session; empty where none began. */
  readonly cookie: string;
  readonly setCookies: readonly string[];
}

/** Signs in the way the page does: a CSRF token, then the credentials. */
export async function trySignIn(url: string, name: string, password: string): Promise<SignInAttempt> {
  const csrf = await fetch(`${url}/api/auth/csrf`);
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const response = await fetch(`${url}/api/auth/callback/credentials`, {
    method: "POST",
    redirect: "manual",
    headers: { "content-type": "application/x-www-form-urlencoded", cookie: cookiesOf(csrf).join("; ") },
    body: new URLSearchParams({ csrfToken, name, password, json: "true" }).toString(),
  });
  const body = (await response.json()) as { url?: string };
  const session = cookiesOf(response).filter((cookie) => cookie.includes("session-token=") && !cookie.endsWith("="));
  return {
    status: response.status,
    error: body.url === undefined ? null : new URL(body.url).searchParams.get("error"),
    cookie: session.join("; "),
    setCookies: response.headers.getSetCookie(),
  };
}

export async function signIn(url: string, name: string, password = goodPassword): Promise<string> {
  const { cookie, error } = await trySignIn(url, name, password);
  if (cookie === "") throw new Error(`${name} could not sign in: ${error ?? "no reason"}`);
  return cookie;
}

/** A worker (where flows are given) and a console for the tests of a file, on one home. */
export function prepareConsole(
  options: WorkerOptions & { readonly consoleEnv?: Readonly<Record<string, string>> } = {},
): {
  readonly url: string;
  readonly home: string;
  readonly console: TestConsole;
  readonly worker: TestWorker;
} {
  let worker: TestWorker | null = null;
  let console: TestConsole | null = null;
  const home = newHome();
  beforeAll(async () => {
    worker = options.flows === undefined ? null : await startTestWorker({ ...options, home });
    const port = worker === null ? "0" : new URL(worker.url).port;
    console = await startTestConsole(home, { HOPLINE_INGEST_PORT: port, ...options.consoleEnv });
  });
  afterAll(async () => {
    await console?.stop();
    await worker?.stop();
    removeHome(home);
  });
  const running = <Process>(process: Process | null): Process => {
    if (process === null) throw new Error("Not started");
    return process;
  };
  return {
    home,
    get url() {
      return running(console).url;
    },
    get console() {
      return running(console);
    },
    get worker() {
      return running(worker);
    },
  };
}
