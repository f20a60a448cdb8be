import type { IncomingHttpHeaders } from "node:http";
import { fromCloudEvents } from "#ingest/hop/map.ts";
import { readJsonBody, readNdjsonBody } from "#ingest/hop/wire.ts";
import { toProblem } from "#ingest/http/problem.ts";
import type { BatchResult, HttpAnswer, Source, Wire, WireForm } from "#ingest/source.ts";
import { isBinaryCloudEvent } from "#lib/event/cloud-event.ts";

type Format = "json" | "ndjson" | "cloud-event" | "cloud-event-batch" | "cloud-event-binary";

const formats: ReadonlyMap<string, Format> = new Map([
  ["application/json", "json"],
  ["application/x-ndjson", "ndjson"],
  ["application/cloudevents+json", "cloud-event"],
  ["application/cloudevents-batch+json", "cloud-event-batch"],
]);

/** The native hop event, plain or in a CloudEvent: DESIGN 4.1. */
export const hopSource: Source = {
  name: "hop",
  routes: [{ method: "POST", path: "/v1/hops", scope: "ingest", formOf, toAnswer }],
  decode,
};

function formOf(headers: IncomingHttpHeaders): WireForm | null {
  const [type = "", ...parameters] = (headers["content-type"] ?? "")
    .split(";")
    .map((part) => part.trim().toLowerCase());
  const charset = parameters
    .find((part) => part.startsWith("charset="))
    ?.slice("charset=".length)
    .replaceAll('"', "");
  if (charset !== undefined && charset !== "utf-8" && charset !== "utf8") return null;
  const format = formats.get(type);
  // In binary mode the content type is that of the data, which here is always JSON.
  if (isBinaryCloudEvent(headers) && (format === "json" || type === "")) {
    return { source: "hop", format: "cloud-event-binary" satisfies Format, headers: cloudEventHeaders(headers) };
  }
  return format === undefined ? null : { source: "hop", format };
}

function cloudEventHeaders(headers: IncomingHttpHeaders): Readonly<Record<string, string>> {
  const kept = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    typeof value === "string" && (name.startsWith("ce-") || name === "traceparent") ? [[name, value]] : [],
  );
  return Object.fromEntries(kept);
}

function decode(body: Uint8Array, form: WireForm): Wire {
  switch (form.format) {
    case "ndjson":
      return readNdjsonBody(body);
    case "cloud-event":
    case "cloud-event-batch":
      return fromCloudEvents(readJsonBody(body, "cloud_event"), form);
    case "cloud-event-binary":
      return fromCloudEvents(readJsonBody(body, "hop"), form);
    default:
      return readJsonBody(body, "hop");
  }
}

/** 202 as soon as one event is kept, duplicates included; 400 with the same figures where nothing was acceptable. */
function toAnswer(result: BatchResult): HttpAnswer {
  const { accepted, duplicates, rejected } = result;
  if (accepted + duplicates > 0) return { status: 202, body: { accepted, duplicates, rejected } };
  const isUnreadable = rejected.length === 1 && rejected[0]?.reason === "invalid_json";
  const problem = isUnreadable
    ? toProblem(400, "invalid_json", "The body does not parse.")
    : toProblem(400, "nothing_acceptable", "No event of the request could be taken. rejected says why.");
  return { ...problem, body: { ...toObject(problem.body), accepted, duplicates, rejected } };
}

const toObject = (body: unknown): object => (typeof body === "object" && body !== null ? body : {});
