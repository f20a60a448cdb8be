import type { Collector } from "#ingest/collector/collector.ts";
import type { ByteBudget } from "#ingest/http/byte-budget.ts";
import type { Grant } from "#ingest/http/grant.ts";
import { toProblem } from "#ingest/http/problem.ts";
import { readBody } from "#ingest/http/read-body.ts";
import type { Route } from "#ingest/http/route.ts";
import { toRefusal } from "#ingest/http/source-route.ts";
import type { HttpAnswer } from "#ingest/source.ts";
import { isJsonObject } from "#lib/event/json-object.ts";
import { parseTime } from "#lib/event/parse-time.ts";

/** `POST /v1/heartbeats`: "I am alive and have sent everything up to `time`". A time ahead of its arrival counts as its arrival. */
export function heartbeatRoute(collector: Pick<Collector, "call">, budget: ByteBudget, now: () => number): Route {
  return {
    methods: ["POST"],
    path: "/v1/heartbeats",
    access: "ingest",
    async answer({ request, grant }) {
      const type = (request.headers["content-type"] ?? "").split(";", 1)[0]?.trim().toLowerCase();
      if (type !== "application/json")
        return toProblem(415, "unsupported_media_type", "A heartbeat is application/json.");
      const read = await readBody(request, budget);
      if (read.kind === "cut") return null;
      if (read.kind === "refused") return read.answer;
      const arrivedAt = now();
      try {
        const beat = parseHeartbeat(read.body, grant, arrivedAt);
        if ("problem" in beat) return beat.problem;
        await collector.call("heartbeat", { ...beat, arrivedAt });
        return { status: 202, body: { source: beat.source, time: new Date(beat.at).toISOString() } };
      } catch (error) {
        return toRefusal(error);
      } finally {
        read.release();
      }
    },
  };
}

type Heartbeat = { readonly source: string; readonly at: number } | { readonly problem: HttpAnswer };

function parseHeartbeat(body: Uint8Array, grant: Grant | null, arrivedAt: number): Heartbeat {
  const bad = (code: string, detail: string): Heartbeat => ({ problem: toProblem(400, code, detail) });
  const beat = readJson(body);
  if (!isJsonObject(beat)) return bad("invalid_json", 'The body must be a JSON object: {"source":"…","time":"…"}.');
  const allowed = grant?.sources ?? [];
  const source = beat["source"] ?? (allowed.length === 1 ? allowed[0] : undefined);
  if (typeof source !== "string" || source.trim() === "")
    return bad("missing_source", "source must name who is alive.");
  if (allowed.length > 0 && !allowed.includes(source)) {
    return { problem: toProblem(403, "source_not_allowed", "The token does not speak for this source.") };
  }
  if (beat["time"] === undefined || beat["time"] === null)
    return bad("missing_time", "time must say up to when everything was sent.");
  const at = parseTime(beat["time"]);
  if (at === null) return bad("invalid_type", "time must be RFC 3339 or epoch milliseconds.");
  if (!(at >= 0)) return bad("time_out_of_range", "time must not be before 1970.");
  return { source, at: Math.min(at, arrivedAt) };
}

function readJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body)) as unknown;
  } catch {
    return null;
  }
}
