import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Certificates } from "#test/support/certificates.ts";
import { waitFor } from "#test/support/wait-for.ts";

const run = promisify(execFile);

/** Three nodes: n1 and n2 hold data, n3 only votes, so that any one may be killed and the others go on. */
export type NodeName = "n1" | "n2" | "n3";

/** A real cluster of three nodes on this machine with security on, which a test may hurt. */
export interface TestNodes {
  /** Of the nodes that hold data. */
  readonly urls: readonly string[];
  /** Of the one that only votes: over TLS where it was started so. */
  readonly voter: { readonly host: string; readonly port: number };
  readonly username: string;
  readonly password: string;
  /** The node that is elected master now. */
  master(): Promise<NodeName>;
  /** SIGKILL. */
  kill(...nodes: readonly NodeName[]): Promise<void>;
  /** Resolves when the cluster answers again. */
  start(...nodes: readonly NodeName[]): Promise<void>;
  /** All of them for the first time; the one that only votes speaks TLS until it is started anew. */
  found(tls: Pick<Certificates, "key" | "certificate">): Promise<void>;
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

/** Chooses ports and a folder; no node runs before `found`. */
export async function prepareTestNodes(): Promise<TestNodes> {
  const launcher = findLauncher();
  if (launcher === undefined) throw new Error(`No launcher of Elasticsearch nodes: ${nodesHint}`);
  const directory = mkdtempSync(join(tmpdir(), "hopline-nodes-"));
  // Elasticsearch refuses to run as root: another user must reach its folder.
  chmodSync(directory, 0o755);
  const port = await freePorts();
  const [username, password] = ["elastic", randomBytes(12).toString("hex")];
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
  const env = {
    ...process.env,
    NODES: "3",
    PORT: String(port),
    DATA_DIR: join(directory, "data"),
    HEAP: "768m",
    ES_PASSWORD: password,
    ES_JVM: "-XX:TieredStopAtLevel=1",
  };
  const launch = async (args: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<void> => {
    await run(launcher, [...args], { env: { ...env, ...more }, maxBuffer: 2 ** 24 });
  };
  const urls = [0, 1].map((at) => `http://127.0.0.1:${port + at}`);
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    for (const url of urls) {
      const answer = await fetch(url + path, {
        method,
        headers: { authorization, ...(body !== undefined && { "content-type": "application/json" }) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }).catch(() => null);
      if (answer !== null) return await answer.json();
    }
    throw new Error("No node answers");
  };
  /**
   * Side by side: one alone would wait for the others' votes before the launcher came to them. A node that does not know its password yet, or
   * speaks TLS, is taken for one that failed by the launcher: whether it did is seen here.
   */
  const start = async (nodes: readonly NodeName[], running: number, more?: Record<string, string>): Promise<void> => {
    await Promise.allSettled(nodes.map((node) => launch(["start", node], more)));
    await waitFor(
      `a cluster of ${running} nodes`,
      async () => {
        const wanted = `wait_for_nodes=${running}&wait_for_status=yellow&timeout=5s`;
        const health = await call("GET", `/_cluster/health?${wanted}`).catch(() => null);
        return Object(health).timed_out === false;
      },
      { timeoutMs: 120_000, intervalMs: 250 },
    );
  };
  return {
    urls,
    voter: { host: "127.0.0.1", port: port + 2 },
    username,
    password,
    call,
    async master() {
      const state = await call("GET", "/_cat/master?format=json");
      const name = Array.isArray(state) ? String(Object(state[0]).node) : "";
      if (name !== "n1" && name !== "n2" && name !== "n3") throw new Error(`No master is elected: ${name}`);
      return name;
    },
    kill: (...nodes) => launch(["kill", ...nodes]),
    start: (...nodes) => start(nodes, 3),
    async found({ key, certificate }) {
      // A node reads keys in its own folder of settings alone.
      const settings = join(env.DATA_DIR, "n3", "conf");
      mkdirSync(settings, { recursive: true });
      copyFileSync(key, join(settings, "node.key"));
      copyFileSync(certificate, join(settings, "node.pem"));
      const tls = ["enabled: true", "key: node.key", "certificate: node.pem"];
      // It founds the cluster; the others start side by side.
      await start(["n1"], 1);
      await Promise.all([
        start(["n2"], 3),
        start(["n3"], 3, { ES_YML: tls.map((line) => `xpack.security.http.ssl.${line}`).join("\n") }),
      ]);
    },
    async remove() {
      await launch(["kill"]);
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
