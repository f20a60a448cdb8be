import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { firstLine, startProcess } from "#test/bench/running-process.ts";

export interface RunningDemo {
  readonly consoleUrl: string;
  readonly workerUrl: string;
  /** Ends it and takes its home away. */
  stop(): Promise<void>;
}

/** The demo as `npm run demo` starts it, on free ports and a home of its own. Resolves when its past has been sent. */
export const startDemo = async (records: number): Promise<RunningDemo> => {
  const home = mkdtempSync(join(tmpdir(), "hopline-bench-demo-"));
  const [port, ingestPort] = [await freePort(), await freePort()];
  const words = ["--home", home, "--records", String(records), "--port", String(port)];
  const running = startProcess("ingest/demo.ts", {}, [...words, "--ingest-port", String(ingestPort)]);
  const consoleUrl = await firstLine(running, (line) => /^A company in trouble is waiting at (\S+)$/u.exec(line)?.[1]);
  return {
    consoleUrl,
    workerUrl: `http://127.0.0.1:${ingestPort}`,
    async stop() {
      await running.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
};

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
