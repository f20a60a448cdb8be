import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { authBodyProblem } from "#app/_server/auth-body.ts";
import type { ConsoleContext } from "#app/_server/console-context.ts";
import { isEarlyForm } from "#app/_server/early-form.ts";
import { answerHealth, isLocalRequest } from "#app/_server/health-routes.ts";
import { routeKindOf, type ConsoleMetrics } from "#app/_server/metrics.ts";
import { isFromOurPages } from "#app/_server/same-origin.ts";
import { setSecurityHeaders } from "#app/_server/security-headers.ts";
import { cleanHeaders } from "#app/_server/trusted-headers.ts";

interface ServerOptions {
  readonly context: ConsoleContext;
  readonly metrics: ConsoleMetrics;
  /** Next.js. */
  readonly handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

const refusals = {
  403: ["forbidden", "Not allowed"],
  411: ["length_required", "Say how long it is"],
  413: ["too_large", "The body is too large"],
} as const;

const refuse = (response: ServerResponse, status: keyof typeof refusals, detail: string): void => {
  const [code, title] = refusals[status];
  response.writeHead(status, { "content-type": "application/problem+json", connection: "close" });
  response.end(JSON.stringify({ type: `urn:hopline:problem:${code}`, title, status, code, detail }));
};

/** Never another host's: `//host` would be one. */
const pathOf = (url = "/"): string => `/${url.replace(/^[/\\]+/u, "")}`;

/** The console's HTTP server: everything that must hold for each answer stands here, before Next.js is asked. */
export const createConsoleServer = ({ context, metrics, handle }: ServerOptions): Server => {
  const { settings, log } = context;
  const isHttps = settings.publicUrl.startsWith("https://");

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const isLocal = isLocalRequest(request);
    cleanHeaders(request, settings.trustProxy);
    setSecurityHeaders(request, response, { nonce: randomBytes(18).toString("base64"), isHttps });
    if (await answerHealth(request, response, { context, metrics, isLocal })) return;
    // Before asking where it comes from: a browser that tells no referrer tells no origin with such a form either, and nothing is changed.
    if (isEarlyForm(request)) {
      response.writeHead(303, { location: pathOf(request.url), connection: "close" }).end();
      return;
    }
    if (!isFromOurPages(request, settings.publicUrl)) {
      refuse(response, 403, "Changes are taken from Hopline's own pages only.");
      return;
    }
    const wrongBody = authBodyProblem(request);
    if (wrongBody !== null) {
      refuse(response, wrongBody, "Credentials are at most 64 KiB, sent with their length.");
      return;
    }
    await handle(request, response);
  };

  const server = createServer(
    { requestTimeout: 30_000, headersTimeout: 10_000, keepAliveTimeout: 15_000 },
    (request, response) => {
      const startedAt = process.hrtime.bigint();
      const route = routeKindOf(request.url?.split("?", 1)[0] ?? "", request.headers["next-action"] !== undefined);
      response.once("close", () => {
        metrics.countRequest({
          route,
          status: response.statusCode,
          seconds: Number(process.hrtime.bigint() - startedAt) / 1e9,
        });
      });
      answer(request, response).catch((error: unknown) => {
        log.error({ err: error, route }, "a request could not be answered");
        if (response.headersSent) response.destroy();
        else
          response
            .writeHead(500, { "content-type": "text/plain; charset=utf-8" })
            .end("Hopline could not answer. Try again.\n");
      });
    },
  );
  server.on("clientError", (_error, socket) => {
    if (socket.writable) socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
    else socket.destroy();
  });
  return server;
};
