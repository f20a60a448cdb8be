import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { elasticsearchAddress } from "#test/support/elasticsearch.ts";

/** How the cluster under test behaves for those who ask through the proxy. */
export type Behaviour =
  | { readonly kind: "well" }
  /** Nothing listens, as far as anybody can tell: connections break at once, also those under way. */
  | { readonly kind: "gone" }
  /** Connections are taken and nothing is ever answered. */
  | { readonly kind: "silent" }
  /** Requests whose path fits are held back for so long. */
  | { readonly kind: "slow"; readonly path: RegExp; readonly delayMs: number }
  /** Requests whose path fits are answered like this and never reach the cluster; all others pass. */
  | { readonly kind: "refusing"; readonly path: RegExp; readonly status: number; readonly body: object }
  /** Requests whose path fits reach the cluster, and then the connection breaks instead of its answer. */
  | { readonly kind: "breaking"; readonly path: RegExp };

export interface ClusterProxy {
  /** Without credentials. */
  readonly url: string;
  /** Requests that have come so far. */
  readonly requests: number;
  /** Those that were kept waiting since it began to behave as it does … */
  readonly kept: number;
  /** … and of them, whose asker waited no longer. */
  readonly givenUp: number;
  behave(behaviour: Behaviour): void;
  close(): Promise<void>;
}

/** Stands in front of the cluster under test and fails as networks and clusters do. `close` is the caller's. */
export async function startClusterProxy(): Promise<ClusterProxy> {
  const target = new URL(elasticsearchAddress().urls[0] ?? "");
  const sockets = new Set<Socket>();
  let behaviour: Behaviour = { kind: "well" };
  let requests = 0;
  let kept = new Set<ServerResponse>();
  let givenUp = 0;
  const keep = (answer: ServerResponse): void => {
    const among = kept;
    among.add(answer);
    answer.once("close", () => {
      if (among === kept && !answer.writableFinished) givenUp += 1;
    });
  };

  const pass = (incoming: IncomingMessage, answer: ServerResponse, breaks: boolean): void => {
    const { method, url: path, headers } = incoming;
    const outgoing = request(
      { host: target.hostname, port: target.port, ...(method && { method }), ...(path && { path }), headers },
      (reply) => {
        if (breaks) {
          reply.resume();
          reply.once("end", () => incoming.socket.destroy());
          return;
        }
        answer.writeHead(reply.statusCode ?? 502, reply.headers);
        reply.pipe(answer);
      },
    );
    outgoing.on("error", () => incoming.socket.destroy());
    incoming.pipe(outgoing);
  };

  const server = createServer((incoming, answer) => {
    requests += 1;
    const now = behaviour;
    const fits = "path" in now && now.path.test(incoming.url ?? "");
    if (now.kind === "silent" || (now.kind === "slow" && fits)) keep(answer);
    if (now.kind === "gone") incoming.socket.destroy();
    else if (now.kind === "silent") incoming.resume();
    else if (now.kind === "slow" && fits) setTimeout(() => pass(incoming, answer, false), now.delayMs);
    else if (now.kind === "refusing" && fits) {
      incoming.resume();
      answer.writeHead(now.status, { "content-type": "application/json", "x-elastic-product": "Elasticsearch" });
      answer.end(JSON.stringify(now.body));
    } else pass(incoming, answer, now.kind === "breaking" && fits);
  });
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    if (behaviour.kind === "gone") socket.destroy();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The proxy does not listen on a port.");
  return {
    url: `http://127.0.0.1:${address.port}`,
    get requests() {
      return requests;
    },
    behave(next) {
      behaviour = next;
      // As a node that goes takes its connections with it.
      const before = kept;
      kept = new Set();
      givenUp = 0;
      for (const answer of before) answer.destroy();
      if (next.kind === "gone") for (const socket of sockets) socket.destroy();
    },
    get kept() {
      return kept.size;
    },
    get givenUp() {
      return givenUp;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}
