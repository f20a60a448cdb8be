import type { Calls } from "#ingest/collector/call.ts";
import { type Collector, CollectorError } from "#ingest/collector/collector.ts";
import type { ByteBudget } from "#ingest/http/byte-budget.ts";
import { toProblem, toRetryLater } from "#ingest/http/problem.ts";
import { readBody } from "#ingest/http/read-body.ts";
import type { Route } from "#ingest/http/route.ts";
import type { BatchResult, HttpAnswer, Source } from "#ingest/source.ts";

interface SourceRouteOptions {
  readonly collector: Pick<Collector, "call">;
  readonly budget: ByteBudget;
  /** A body has arrived when its last byte has. */
  readonly now: () => number;
  /** What was answered, for the counters. */
  observe(result: BatchResult): void;
}

/** The routes of a source on the sockets' side: read the body within the budget, hand it to the collector, answer when it is durable. */
export function toRoutes(source: Source, options: SourceRouteOptions): readonly Route[] {
  return source.routes.map((route) => ({
    methods: [route.method],
    path: route.path,
    access: route.scope,
    async answer({ request, query, grant }) {
      const form = route.formOf(request.headers);
      if (form === null) {
        const given = request.headers["content-type"] ?? "none";
        return toProblem(
          415,
          "unsupported_media_type",
          `Content-Type ${given} is not taken here. See the README for those that are.`,
        );
      }
      const read = await readBody(request, options.budget);
      if (read.kind === "cut") return null;
      if (read.kind === "refused") return read.answer;
      try {
        const speaker = { sources: grant?.sources ?? [], systems: grant?.systems ?? [] };
        const input: Calls["batch"]["input"] = {
          body: read.body,
          form,
          speaker,
          arrivedAt: options.now(),
          backfill: query.get("backfill") === "true",
        };
        const result = await options.collector.call("batch", input);
        if (result === "too_many")
          return toProblem(413, "too_many_events", "One request may hold 10,000 events. Send smaller batches.");
        options.observe(result);
        return route.toAnswer(result);
      } catch (error) {
        return toRefusal(error);
      } finally {
        read.release();
      }
    },
  }));
}

/** A store that is full or away may be back in seconds: the sender keeps its events and tries again. */
export function toRefusal(error: unknown): HttpAnswer {
  if (error instanceof CollectorError && error.failure.retryable) {
    const seconds = error.failure.code === "full" ? 10 : 2;
    return toRetryLater(503, `store_${error.failure.code}`, `Nothing was taken: ${error.message}`, seconds);
  }
  throw error;
}
