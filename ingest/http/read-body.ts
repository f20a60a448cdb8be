import type { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import type { ByteBudget } from "#ingest/http/byte-budget.ts";
import { toProblem, toRetryLater } from "#ingest/http/problem.ts";
import type { HttpAnswer } from "#ingest/source.ts";

const bodyLimitBytes = 16 * 2 ** 20;

/** `body`: whole and inflated, with `release` to give its bytes back. `refused`: what to answer. `cut`: the client went away. */
export type BodyResult =
  | { readonly kind: "body"; readonly body: Uint8Array<ArrayBuffer>; release(): void }
  | { readonly kind: "refused"; readonly answer: HttpAnswer }
  | { readonly kind: "cut" };

const tooLarge = (): HttpAnswer =>
  toProblem(
    413,
    "body_too_large",
    `A body may hold ${bodyLimitBytes / 2 ** 20} MiB after inflating. Send smaller batches.`,
  );

const overloaded = (): HttpAnswer =>
  toRetryLater(429, "overloaded", "The worker has as much waiting as it can hold. Send the same request again later.");

/** Reads a body, inflating gzip as it comes: neither a bomb nor a crowd of uploads makes the worker hold more than the budget. */
export async function readBody(request: IncomingMessage, budget: ByteBudget): Promise<BodyResult> {
  const encoding = request.headers["content-encoding"]?.trim().toLowerCase() ?? "identity";
  if (encoding !== "identity" && encoding !== "gzip" && encoding !== "x-gzip") {
    const detail = `Content-Encoding ${encoding} is not understood. Send gzip or no encoding.`;
    return { kind: "refused", answer: toProblem(415, "unsupported_encoding", detail, { "accept-encoding": "gzip" }) };
  }
  const isPlain = encoding === "identity";
  if (isPlain && Number(request.headers["content-length"] ?? 0) > bodyLimitBytes)
    return { kind: "refused", answer: tooLarge() };

  const holding = budget.open();
  const chunks: Uint8Array[] = [];
  const stream: Readable = isPlain ? request : inflate(request);
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      const refusal =
        holding.bytes + chunk.length > bodyLimitBytes ? tooLarge() : holding.take(chunk.length) ? null : overloaded();
      if (refusal) {
        holding.release();
        return { kind: "refused", answer: refusal };
      }
      chunks.push(chunk);
    }
  } catch {
    holding.release();
    if (!request.complete || isPlain) return { kind: "cut" };
    return { kind: "refused", answer: toProblem(400, "invalid_gzip", "The body is not valid gzip.") };
  }
  return { kind: "body", body: join(chunks, holding.bytes), release: () => holding.release() };
}

/** `pipe`, not `pipeline`: a refused bomb must not destroy the socket before its answer is written. */
function inflate(request: IncomingMessage): Readable {
  const gunzip = createGunzip();
  request.once("aborted", () => gunzip.destroy(new Error("The request was cut.")));
  request.once("error", (error) => gunzip.destroy(error));
  return request.pipe(gunzip);
}

/** Into a buffer of its own, so that it can be handed to another thread without a copy. */
function join(chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const body = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.length;
  }
  return body;
}
