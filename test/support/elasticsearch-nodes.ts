import { execFile } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { waitFor } from "#test/support/wait-for.ts";

const run = promisify(execFile);

/** Three nodes: n1 and n2 hold data, n3 only votes, so that any one may be killed and the others go on. */
export type NodeName = "n1" | "n2" | "n3";

/** A real cluster of three nodes on this machine, which a test may hurt. */
export interface TestNodes {
  /** Of the nodes that hold data. */
  readonly urls: readonly string[];
  /** The node that is elected master now. */
  master(): Promise<NodeName>;
  /** SIGKILL. */
  kill(...nodes: readonly NodeName[]): Promise<void>;
  /** Resolves when the cluster answers again. */
  start(...nodes: readonly NodeName[]): Promise<void>;
  /** Any call of the cluster's own API; resolves with the answer's body. */
  call(method: string, path: string, body?: unknown): Promise<unknown>;
  /** Ends all nodes and lets go of what they kept. */
  remove(): Promise<void>;
}

export const nodesHint =
  "set HOPLINE_ELASTICSEARCH_LAUNCHER to a script that starts, stops and kills nodes (NODES, PORT, DATA_DIR in its environment)";

/** The script that starts real nodes, where there is one. */
export function findLauncher(env: Readonly<Record<string, string | undefined>> = process.env): string | undefined {
  const beside = join(import.meta.dirname, "../../../shared/services/elasticsearch/start-elasticsearch");
  return [env["HOPLINE_ELASTICSEARCH_LAUNCHER"] ?? beside].find((path) => existsSync(path));
}

export async function startTestNodes(): Promise<TestNodes> {
  const launcher = findLauncher();
  if (launcher === undefined) throw new Error(`No launcher of Elasticsearch nodes: ${nodesHint}`);
  const directory = mkdtempSync(join(tmpdir(), "hopline-nodes-"));
  // Elasticsearch refuses to run as root: another user must reach its folder.
  chmodSync(directory, 0o755);
  const port = await freePorts();
  const env = {
    ...process.env,
    NODES: "3",
    PORT: String(port),
    DATA_DIR: join(directory, "data"),
    HEAP: "768m",
    ES_JVM: "-XX:TieredStopAtLevel=1",
  };
  const launch = async (...args: readonly string[]): Promise<void> => {
    await run(launcher, [...args], { env, maxBuffer: 2 ** 24 });
  };
  const urls = [0, 1].map((at) => `http://127.0.0.1:${port + at}`);
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    for (const url of urls) {
      const answer = await fetch(url + path, {
        method,
        ...(body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
      }).catch(() => null);
      if (answer !== null) return await answer.json();
    }
    throw new Error("No node answers");
  };
  await launch("start");
  return {
    urls,
    call,
    async master() {
      const state = await call("GET", "/_cat/master?format=json");
      const name = Array.isArray(state) ? String(Object(state[0]).node) : "";
      if (name !== "n1" && name !== "n2" && name !== "n3") throw new Error(`No master is elected: ${name}`);
      return name;
    },
    kill: (...nodes) => launch("kill", ...nodes),
    async start(...nodes) {
      // Side by side: one alone would wait for the others' votes before the launcher came to them. What fails is seen below.
      await Promise.allSettled(nodes.map((node) => launch("start", node)));
      await waitFor(
        "all nodes",
        async () => {
          const health = await call("GET", "/_cluster/health?wait_for_nodes=3&wait_for_status=yellow&timeout=5s");
          return Object(health).timed_out === false;
        },
        { timeoutMs: 120_000 },
      );
    },
    async remove() {
      await launch("kill");
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** The first of three HTTP ports in a row whose transport ports (100 above) are free too. */
async function freePorts(): Promise<number> {
  for (let port = 21_000 + Math.floor(Math.random() * 10_000); ; port += 7) {
    const wanted = [0, 1, 2].flatMap((at) => [port + at, port + at + 100]);
    if ((await Promise.all(wanted.map(isFree))).every(Boolean)) return port;
  }
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
