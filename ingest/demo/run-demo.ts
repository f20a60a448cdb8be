import { setTimeout as pause } from "node:timers/promises";
import { demoAccounts, demoPassword, openDemoAccess } from "#ingest/demo/demo-access.ts";
import { demoCluster } from "#ingest/demo/demo-cluster.ts";
import { DemoError, prepareDemoHome } from "#ingest/demo/demo-home.ts";
import { demoUsage, parseDemoOptions, type DemoOptions } from "#ingest/demo/demo-options.ts";
import { findFreePort } from "#ingest/demo/free-port.ts";
import { openIntake } from "#ingest/demo/intake.ts";
import { sendCompany } from "#ingest/demo/send-company.ts";
import { runTogether } from "#ingest/supervisor/run-together.ts";
import { findRunningWorker } from "#lib/config/worker-address.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** Worker, console and a simulated company that talks to them, until a signal. Resolves with the exit code. */
export async function runDemo(
  words: readonly string[],
  env: Environment,
  say: (line: string) => void,
): Promise<number> {
  if (words.includes("--help")) {
    say(demoUsage);
    return 0;
  }
  try {
    const parsed = parseDemoOptions(words, process.cwd());
    const options = parsed.consolePort === 0 ? { ...parsed, consolePort: await findFreePort() } : parsed;
    const { home, seed, records, liveEveryMs } = options;
    const now = Date.now;
    const state = await prepareDemoHome(home, { seed, asOf: now(), records, liveEveryMs }, options.startOver);
    const elasticsearch = options.inCluster ? demoCluster(env, state) : null;
    const tokens = await openDemoAccess({ home, elasticsearch }, now);
    const stopping = new AbortController();
    const { signal } = stopping;
    const running = runTogether({
      env: demoEnvironment(env, options, elasticsearch?.prefix ?? null),
      onStop: () => stopping.abort(),
    });
    const told = (async (): Promise<void> => {
      const { url } = await awaited(() => findRunningWorker(home), signal);
      const company = sendCompany({ home, state, intake: openIntake({ url, tokens, signal }), now, signal });
      const events = await company.catchUp();
      const console = `http://localhost:${options.consolePort}`;
      await awaited(async () => ((await isHealthy(console)) ? true : null), signal);
      say(welcomeText(console, events));
      await company.goOn();
    })();
    // What the company meets after the processes were asked to stop is no error.
    const ended = told.then(
      () => 0,
      (error: unknown) => {
        if (signal.aborted) return 0;
        say(`demo: ${error instanceof Error ? error.message : String(error)}`);
        running.stop();
        return 1;
      },
    );
    return (await running.ended) || (await ended);
  } catch (error) {
    if (!(error instanceof DemoError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}

/** On loopback, on its own home, and on nothing else that the environment may name. */
const demoEnvironment = (
  env: Environment,
  { home, consolePort, ingestPort }: DemoOptions,
  /** Of its indices; null: on no cluster. */
  prefix: string | null,
): Environment => ({
  ...Object.fromEntries(
    Object.entries(env).filter(
      ([name]) => !name.startsWith("HOPLINE_") && (prefix !== null || !name.startsWith("ELASTICSEARCH_")),
    ),
  ),
  ...(prefix !== null && { ELASTICSEARCH_PREFIX: prefix }),
  HOPLINE_HOME: home,
  HOPLINE_HOST: "127.0.0.1",
  HOPLINE_CONSOLE_PORT: String(consolePort),
  HOPLINE_INGEST_PORT: String(ingestPort),
});

const isHealthy = async (url: string): Promise<boolean> =>
  (await fetch(`${url}/healthz`).catch(() => null))?.ok === true;

async function awaited<Value>(find: () => Promise<Value | null>, signal: AbortSignal): Promise<Value> {
  for (;;) {
    const found = await find();
    if (found !== null) return found;
    await pause(250, undefined, { signal });
  }
}

const welcomeText = (url: string, events: number): string =>
  [
    "",
    `A company in trouble is waiting at ${url}`,
    `${events} events of its last day have been sent; new ones follow until Ctrl-C.`,
    `Password of everybody: ${demoPassword}`,
    ...demoAccounts.map(({ name, role }) => `  ${name.padEnd(6)} ${role}`),
    "",
  ].join("\n");
