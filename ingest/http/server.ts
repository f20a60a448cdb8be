import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Logger } from "pino";
import type { Authoriser } from "#ingest/http/authorise.ts";
import { toProblem } from "#ingest/http/problem.ts";
import type { Route } from "#ingest/http/route.ts";
import type { HttpAnswer } from "#ingest/source.ts";

/** A whole request, body included, must be here within this time; a trickling one is answered 408. */
const requestLimitMs = 60_000;
const headLimitMs = 10_000;
const headLimitBytes = 32 * 2 ** 10;
/** Longer than the usual 60 s of load balancers, so that it is never we who close under a request on its way. */
const keepAliveMs = 75_000;
/** How long the rest of a refused body is swallowed: a connection closed at once would show the client a reset instead of the answer. */
const refusedBodyMs = 5_000;

export interface HttpServer {
  /** Where it listens: `http://127.0.0.1:4318`. */
  readonly url: string;
  /** Takes no more, lets what is under way finish for up to `graceMs`, then closes. */
  stop(graceMs: number): Promise<void>;
}

interface ServerOptions {
  readonly host: string;
  readonly port: number;
  readonly routes: readonly Route[];
  readonly authoriser: Authoriser;
  readonly log: Logger;
  /** Told once for each answer. `route` is the path as declared, `unknown` where there is none. */
  observe(answer: {
    readonly route: string;
    readonly method: string;
    readonly status: number;
    readonly seconds: number;
  }): void;
}

export async function listen(options: ServerOptions): Promise<HttpServer> {
  const { host, port, log } = options;
  let stopping = false;
  const server = createServer(
    {
      requestTimeout: requestLimitMs,
      headersTimeout: headLimitMs,
      connectionsCheckingInterval: 1_000,
      keepAliveTimeout: keepAliveMs,
      maxHeaderSize: headLimitBytes,
      noDelay: true,
    },
    (request, response) => {
      const startedAt = performance.now();
      response.on("error", () => {});
      void answerOf(options, request)
        .catch((error: unknown) => {
          log.error({ err: error, path: pathOf(request) }, "a request failed");
          return toProblem(500, "internal_error", "The worker met an error it does not know. Its log says more.");
        })
        .then((answer) => {
          if (answer) write(request, response, answer, stopping);
          else request.destroy();
          const known = options.routes.find((route) => route.path === pathOf(request));
          const method = known?.methods.includes(request.method ?? "") ? (request.method ?? "") : "other";
          options.observe({
            route: known?.path ?? "unknown",
            method,
            status: answer?.status ?? 499,
            seconds: (performance.now() - startedAt) / 1_000,
          });
        });
    },
  );
  await start(server, host, port);
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${addressOf(server).port}`,
    async stop(graceMs) {
      stopping = true;
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      server.closeIdleConnections();
      const deadline = setTimeout(() => server.closeAllConnections(), graceMs);
      await closed;
      clearTimeout(deadline);
    },
  };
}

function start(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host, port }, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function addressOf(server: Server): AddressInfo {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server does not listen on a port.");
  return address;
}

const pathOf = (request: IncomingMessage): string => (request.url ?? "/").split("?", 1)[0] ?? "/";

async function answerOf(options: ServerOptions, request: IncomingMessage): Promise<HttpAnswer | null> {
  const path = pathOf(request);
  const atPath = options.routes.filter((route) => route.path === path);
  if (atPath.length === 0) return toProblem(404, "not_found", "There is nothing at this address.");
  const route = atPath.find((each) => each.methods.includes(request.method ?? ""));
  if (!route) {
    const allow = [...new Set(atPath.flatMap((each) => each.methods))].join(", ");
    return toProblem(405, "method_not_allowed", `This address takes ${allow}.`, { allow });
  }
  const query = new URL(request.url ?? "/", "http://worker").searchParams;
  if (route.access === "anyone") return await route.answer({ request, query, grant: null });
  const grant = await options.authoriser.authorise(request.headers, route.access);
  if ("refused" in grant) return grant.refused;
  return await route.answer({ request, query, grant });
}

function write(request: IncomingMessage, response: ServerResponse, answer: HttpAnswer, stopping: boolean): void {
  const isText = typeof answer.body === "string";
  const body = typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body);
  response.setHeader("content-type", isText ? "text/plain; charset=utf-8" : "application/json");
  response.setHeader("x-content-type-options", "nosniff");
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
  const unread = !request.complete;
  if (stopping) response.setHeader("connection", "close");
  response.statusCode = answer.status;
  response.setHeader("content-length", Buffer.byteLength(body));
  response.end(request.method === "HEAD" ? undefined : body);
  if (!unread) return;
  request.unpipe();
  request.resume();
  const limit = setTimeout(() => request.destroy(), refusedBodyMs);
  request.once("close", () => clearTimeout(limit));
}
