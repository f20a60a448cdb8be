import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setSecurityHeaders } from "#app/_server/security-headers.ts";
import { shell as en } from "#components/message/en/shell.ts";
import { shell as zh } from "#components/message/zh/shell.ts";

interface WaitingServerOptions {
  /** Why it can't open its store yet; for /readyz, where operators look. */
  readonly reason: () => string;
  readonly isHttps: boolean;
}

const askAgainSeconds = 5;

/** Only our own words stand in it. */
const toPage = (nonce: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="${askAgainSeconds}"><title>Hopline</title>
<style nonce="${nonce}">:root{color-scheme:light dark}body{font:16px/1.6 system-ui,sans-serif;max-width:40rem;margin:15vh auto;padding:0 1.5rem}h1{font-size:1.5rem}</style>
</head><body><main>${[
  { lang: "zh-CN", ...zh.failure },
  { lang: "en", ...en.failure },
]
  .map(
    ({ lang, storeTitle, storeBody }) => `<section lang="${lang}"><h1>${storeTitle}</h1><p>${storeBody}</p></section>`,
  )
  .join("")}</main></body></html>
`;

const answer = (request: IncomingMessage, response: ServerResponse, options: WaitingServerOptions): void => {
  const nonce = randomBytes(18).toString("base64");
  setSecurityHeaders(request, response, { nonce, isHttps: options.isHttps });
  const say = (status: number, type: string, body: string): void => {
    const retry = status === 503 ? { "retry-after": String(askAgainSeconds) } : {};
    response.writeHead(status, { "content-type": type, "cache-control": "no-store", connection: "close", ...retry });
    response.end(request.method === "HEAD" ? undefined : body);
  };
  const path = request.url?.split("?", 1)[0] ?? "/";
  if (path === "/healthz") say(200, "application/json", JSON.stringify({ status: "ok" }));
  else if (path === "/readyz") {
    const detail = `Waiting for the store. ${options.reason()}`;
    say(503, "application/json", JSON.stringify({ status: "not_ready", flows: [], problems: [], detail }));
  } else if (path.startsWith("/api/") || path === "/metrics") {
    const [title, detail] = ["Unavailable", "The store does not answer. Try again."];
    const problem = { type: "urn:hopline:problem:unavailable", title, status: 503, code: "unavailable", detail };
    say(503, "application/problem+json", JSON.stringify(problem));
  } else say(503, "text/html; charset=utf-8", toPage(nonce));
};

/** What a console shows that has started before its store: that it waits, and goes on by itself. */
export const createWaitingServer = (options: WaitingServerOptions): Server =>
  createServer({ requestTimeout: 30_000, headersTimeout: 10_000 }, (request, response) => {
    request.resume();
    answer(request, response, options);
  });
