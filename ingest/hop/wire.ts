import { isUtf8 } from "node:buffer";
import { findArrayItems } from "#ingest/hop/array-items.ts";
import { hopLimits } from "#ingest/hop/config.ts";
import type { Wire, WireItem } from "#ingest/source.ts";
import { type JsonShape, parseJson } from "#lib/event/parse-json.ts";

/** All items of a body at once. */
export type WireItems = readonly WireItem[] | "too_many";

/** What stands in a body, as JSON values and what is not JSON; nothing of its meaning is looked at here. */
export function readJsonBody(body: Uint8Array, shape: JsonShape): WireItems {
  const text = toText(body);
  if (text === null) return [unreadable(() => toLossyText(body))];
  // No event in a small body can be too large, and reading it costs little whatever it holds.
  return body.length <= hopLimits.eventBytes ? readItems(text, shape) : readLargeBody(text, shape);
}

function readItems(text: string, shape: JsonShape): WireItems {
  const parsed = parseJson(text, shape);
  if (parsed === null) return [unreadable(() => text)];
  if (!Array.isArray(parsed.value)) return [toItem(parsed.value)];
  const items: readonly unknown[] = parsed.value;
  return items.length > hopLimits.eventsPerRequest ? "too_many" : items.map((value) => toItem(value));
}

/** Events that are too large are cut out unread: a hostile megabyte of brackets costs a hundred to hold. */
function readLargeBody(text: string, shape: JsonShape): WireItems {
  const spans = findArrayItems(text, hopLimits.eventsPerRequest);
  if (spans === null) return isTooLarge(text) ? [tooLarge(text)] : readItems(text, shape);
  if (spans.length > hopLimits.eventsPerRequest) return "too_many";
  const cut = new Map<number, string>();
  for (const [index, { from, to }] of spans.entries()) {
    const item = (to - from) * 3 > hopLimits.eventBytes ? text.slice(from, to) : "";
    if (isTooLarge(item)) cut.set(index, item);
  }
  if (cut.size === 0) return readItems(text, shape);
  const rest = `[${spans.map(({ from, to }, index) => (cut.has(index) ? "null" : text.slice(from, to))).join(",")}]`;
  const wire = readItems(rest, shape);
  if (wire === "too_many" || wire.length !== spans.length) return wire;
  return wire.map((item, index) => {
    const large = cut.get(index);
    return large === undefined ? item : tooLarge(large);
  });
}

/** One event a line; blank lines are none. A line that is no JSON, or no UTF-8, spoils only itself. */
export function readNdjsonBody(body: Uint8Array): Wire {
  const lines: (string | Uint8Array)[] = [];
  for (const line of linesOf(body)) {
    if (lines.length === hopLimits.eventsPerRequest) return "too_many";
    lines.push(line);
  }
  return readLines(lines);
}

/** One at a time: what a line becomes weighs several times the line, and is done with before the next is read. */
function* readLines(lines: readonly (string | Uint8Array)[]): Generator<WireItem> {
  for (const line of lines) yield typeof line === "string" ? readLine(line) : unreadable(() => toLossyText(line));
}

function readLine(line: string): WireItem {
  if (isTooLarge(line)) return tooLarge(line);
  const parsed = parseJson(line, "hop");
  return parsed === null ? unreadable(() => line) : { value: parsed.value, text: () => line };
}

const toItem = (value: unknown): WireItem => ({ value, text: () => JSON.stringify(value) });
const unreadable = (text: () => string): WireItem => ({ reason: "invalid_json", path: "", text });
const tooLarge = (text: string): WireItem => ({ reason: "too_large", path: "", text: () => text });

/** A UTF-16 unit is one to three bytes of UTF-8. */
const isTooLarge = (text: string): boolean =>
  text.length > hopLimits.eventBytes ||
  (text.length * 3 > hopLimits.eventBytes && Buffer.byteLength(text) > hopLimits.eventBytes);

const byteOrderMark = 0xfeff;

/** Null where the bytes are no UTF-8. */
function toText(body: Uint8Array): string | null {
  if (!isUtf8(body)) return null;
  const text = toLossyText(body);
  return text.charCodeAt(0) === byteOrderMark ? text.slice(1) : text;
}

const toLossyText = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");

/** Lines that are not blank; as bytes where they are no UTF-8. */
function* linesOf(body: Uint8Array): Generator<string | Uint8Array> {
  const text = toText(body);
  if (text === null) {
    yield* byteLinesOf(body);
    return;
  }
  for (let from = 0; from < text.length;) {
    const found = text.indexOf("\n", from);
    const end = found < 0 ? text.length : found;
    const line = text.slice(from, end).trim();
    if (line !== "") yield line;
    from = end + 1;
  }
}

function* byteLinesOf(body: Uint8Array): Generator<string | Uint8Array> {
  for (let from = 0; from < body.length;) {
    const found = body.indexOf(10, from);
    const end = found < 0 ? body.length : found;
    const bytes = body.subarray(from, end);
    const line = toText(bytes)?.trim();
    if (line === undefined) yield bytes;
    else if (line !== "") yield line;
    from = end + 1;
  }
}
