import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { percentileOf } from "#test/bench/percentile-of.ts";
import type { Figure } from "#test/bench/report.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** From `npm start`, with a build present, to the first event answered 202. */
export const measureStart = async (samples: number): Promise<Figure> => {
  const times: number[] = [];
  for (let sample = 0; sample < samples; sample += 1) times.push(await startOnce());
  const median = percentileOf(times, 0.5);
  const value = `${(median / 1_000).toFixed(2)} s (${(Math.max(...times) / 1_000).toFixed(2)} s at most)`;
  return { what: "npm start to first event accepted", value, wanted: "< 3 s", samples, isMet: median < 3_000 };
};

const startOnce = async (): Promise<number> => {
  const home = mkdtempSync(join(tmpdir(), "hopline-start-"));
  const [ingestPort, consolePort] = [await freePort(), await freePort()];
  const begun = performance.now();
  const child = spawn("npm", ["start"], {
    cwd: root,
    env: {
      ...process.env,
      HOPLINE_HOME: home,
      HOPLINE_INGEST_PORT: String(ingestPort),
      HOPLINE_CONSOLE_PORT: String(consolePort),
    },
    stdio: "ignore",
  });
  const ended = once(child, "exit");
  try {
    await firstAccepted(ingestPort, begun);
    return performance.now() - begun;
  } finally {
    child.kill("SIGTERM");
    await ended;
    rmSync(home, { recursive: true, force: true });
  }
};

const firstAccepted = async (port: number, begun: number): Promise<void> => {
  const event = { id: "1", system: "oms", time: Date.now(), keys: { order_no: "SO-1" } };
  while (performance.now() - begun < 60_000) {
    const status = await fetch(`http://127.0.0.1:${port}/v1/hops`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(event),
    }).then(
      (response) => response.status,
      () => 0,
    );
    if (status === 202) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("npm start took no event within a minute");
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
};
