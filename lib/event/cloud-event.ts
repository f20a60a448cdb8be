import type { RejectReason } from "#lib/event/reject-reason.ts";
import { isJsonObject, type JsonObject } from "#lib/event/json-object.ts";
import { parseJson } from "#lib/event/parse-json.ts";

/** The hop event a CloudEvent carries, still raw, or why there is none and where (pointer into the CloudEvent). */
export type CloudEventData =
  | { readonly accepted: true; readonly raw: JsonObject }
  | { readonly accepted: false; readonly reason: RejectReason; readonly path: string };

const rejected = (reason: RejectReason, path: string): CloudEventData => ({ accepted: false, reason, path });

/** The context attributes CloudEvents 1.0 requires; all are texts. */
const required = ["specversion", "id", "source", "type"] as const;

/**
 * A CloudEvent in structured mode, or one item of a batch: `data` is the hop event, and the CloudEvent's `source`, `id`,
 * `time` and `traceparent` fill what it leaves out. Other attributes speak of the transport and are not kept.
 */
export const fromCloudEvent = (event: unknown): CloudEventData => {
  if (!isJsonObject(event)) return rejected("invalid_type", "");
  const wrong = wrongAttribute(event);
  if (wrong !== null) return rejected("invalid_type", `/${wrong}`);
  const inText = event["data_base64"] ?? undefined;
  if (inText === undefined) return fill(event["data"] ?? {}, "/data", event);
  if ((event["data"] ?? undefined) !== undefined || typeof inText !== "string")
    return rejected("invalid_type", "/data_base64");
  const text = decodeBase64(inText);
  const json = text === null ? null : parseJson(text);
  return json === null ? rejected("invalid_json", "/data_base64") : fill(json.value, "/data_base64", event);
};

export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Whether a request with these headers (names in lower case) carries a CloudEvent in binary mode. */
export const isBinaryCloudEvent = (headers: Headers): boolean => headers["ce-specversion"] !== undefined;

/** A CloudEvent in binary mode: attributes are `ce-…` headers, percent-encoded; the body, already read as JSON, is `data`. */
export const fromCloudEventHeaders = (headers: Headers, body: unknown): CloudEventData => {
  const attributes: Record<string, string> = {};
  for (const name of [...required, "time", "traceparent"]) {
    const value = headers[`ce-${name}`] ?? (name === "traceparent" ? headers[name] : undefined);
    if (value === undefined) continue;
    const decoded = typeof value === "string" ? decodeHeader(value) : null;
    if (decoded === null) return rejected("invalid_type", `/${name}`);
    attributes[name] = decoded;
  }
  const wrong = wrongAttribute(attributes);
  return wrong === null ? fill(body, "", attributes) : rejected("invalid_type", `/${wrong}`);
};

const wrongAttribute = (event: JsonObject): string | null => {
  for (const name of required) if (typeof event[name] !== "string" || event[name] === "") return name;
  if (event["specversion"] !== "1.0") return "specversion";
  return null;
};

const isLeftOut = (value: unknown): boolean => value === undefined || value === null || value === "";

const fill = (data: unknown, path: string, event: JsonObject): CloudEventData => {
  if (!isJsonObject(data)) return rejected("invalid_type", path);
  const raw: Record<string, unknown> = { ...data };
  for (const name of ["source", "id", "time"]) if (isLeftOut(raw[name])) raw[name] = event[name];
  if (isLeftOut(raw["trace"])) raw["trace"] = event["traceparent"];
  return { accepted: true, raw };
};

/** Null where the text is no base64 of UTF-8. */
const decodeBase64 = (text: string): string | null => {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(atob(text), (byte) => byte.charCodeAt(0)));
  } catch {
    return null;
  }
};

/** A header value may be quoted and holds UTF-8 as %XX. Null where it can't be decoded. */
const decodeHeader = (value: string): string | null => {
  const trimmed = value.trim();
  const bare = /^".*"$/s.test(trimmed) ? trimmed.slice(1, -1).replace(/\\(.)/gs, "$1") : trimmed;
  try {
    return decodeURIComponent(bare);
  } catch {
    return null;
  }
};
