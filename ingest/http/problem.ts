import type { HttpAnswer } from "#ingest/source.ts";

const titles: Readonly<Record<number, string>> = {
  400: "Bad request",
  401: "Not authenticated",
  403: "Not allowed",
  404: "Not found",
  405: "Method not allowed",
  408: "Request timed out",
  413: "Too large",
  415: "Unsupported media type",
  429: "Too many requests",
  500: "Internal error",
  503: "Unavailable",
};

/** An RFC 9457 answer: `code` is for programs, `detail` a sentence for people. */
export function toProblem(
  status: number,
  code: string,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): HttpAnswer {
  return {
    status,
    headers: { ...headers, "content-type": "application/problem+json" },
    body: { type: "about:blank", title: titles[status] ?? "Error", status, code, detail },
  };
}

/** A refusal that the same request may survive later. */
export function toRetryLater(status: 429 | 503, code: string, detail: string, retryAfterSeconds = 1): HttpAnswer {
  return toProblem(status, code, detail, { "retry-after": String(retryAfterSeconds) });
}
