import type { IncomingMessage, ServerResponse } from "node:http";
import { isIPv4 } from "node:net";
import { checkToken } from "#lib/access/check-token.ts";
import { bearerSecretOf, hashTokenSecret } from "#lib/access/token-secret.ts";
import type { ConsoleContext } from "#app/_server/console-context.ts";
import type { ConsoleMetrics } from "#app/_server/metrics.ts";
import { checkReadiness } from "#app/_server/readiness.ts";

const isLoopback = (address: string): boolean => {
  const bare = address
    .toLowerCase()
    .replace(/^::ffff:/, "")
    .replace(/^\[|\]$/g, "");
  return bare === "::1" || bare === "localhost" || (isIPv4(bare) && bare.startsWith("127."));
};

/** From this machine, not through a proxy, not by a web page. `x-forwarded-*` is looked at before it is cleaned away. */
export const isLocalRequest = ({ headers, socket }: IncomingMessage): boolean =>
  isLoopback(socket.remoteAddress ?? "") &&
  isLoopback((headers.host ?? "").replace(/:\d+$/, "")) &&
  headers.origin === undefined &&
  !Object.keys(headers).some((name) => name === "forwarded" || name.startsWith("x-forwarded-"));

const answer = (response: ServerResponse, status: number, type: string, body: string): void => {
  response.writeHead(status, { "content-type": type, "cache-control": "no-store" }).end(body);
};

const answerProblem = (response: ServerResponse, status: 401 | 403 | 405, code: string, detail: string): void => {
  const title = { 401: "Send a token", 403: "Not allowed", 405: "Not this way" }[status];
  if (status === 401) response.setHeader("www-authenticate", 'Bearer realm="hopline"');
  const problem = { type: `urn:hopline:problem:${code}`, title, status, code, detail };
  answer(response, status, "application/problem+json", JSON.stringify(problem));
};

/** Answers `/healthz`, `/readyz` and `/metrics`; false where the address is another. */
export const answerHealth = async (
  request: IncomingMessage,
  response: ServerResponse,
  {
    context,
    metrics,
    isLocal,
  }: { readonly context: ConsoleContext; readonly metrics: ConsoleMetrics; readonly isLocal: boolean },
): Promise<boolean> => {
  const path = request.url?.split("?", 1)[0];
  if (path !== "/healthz" && path !== "/readyz" && path !== "/metrics") return false;
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.setHeader("allow", "GET, HEAD");
    answerProblem(response, 405, "method_not_allowed", `${path} is read with GET.`);
  } else if (path === "/healthz") {
    answer(response, 200, "application/json", JSON.stringify({ status: "ok" }));
  } else if (path === "/readyz") {
    const { ready, body } = await checkReadiness(context);
    answer(response, ready ? 200 : 503, "application/json", JSON.stringify(body));
  } else {
    await answerMetrics(request, response, { context, metrics, isLocal });
  }
  return true;
};

const answerMetrics = async (
  request: IncomingMessage,
  response: ServerResponse,
  {
    context,
    metrics,
    isLocal,
  }: { readonly context: ConsoleContext; readonly metrics: ConsoleMetrics; readonly isLocal: boolean },
): Promise<void> => {
  const { authorization } = request.headers;
  if (authorization !== undefined || !isLocal) {
    const secret = bearerSecretOf(authorization);
    const token = secret === null ? null : await context.control.access.findToken(hashTokenSecret(secret));
    const problem = checkToken(token, "metrics", context.now());
    if (problem === "scope") {
      answerProblem(response, 403, "forbidden", "The token does not have the scope metrics.");
      return;
    }
    if (problem !== null) {
      answerProblem(
        response,
        401,
        "unauthorized",
        "Metrics are for this machine or for a token with the scope metrics.",
      );
      return;
    }
  }
  answer(response, 200, "text/plain; version=0.0.4; charset=utf-8", await metrics.render());
};
