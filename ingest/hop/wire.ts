import { isUtf8 } from "node:buffer";
import { findArrayItems } from "#ingest/hop/array-items.ts";
import { hopLimits } from "#ingest/hop/config.ts";
import type { Wire, WireItem } from "#ingest/source.ts";
import { type JsonShape, parseJson } from "#lib/event/parse-json.ts";

/** What stands in a body, as JSON values and what is not JSON; nothing of its meaning is looked at here. */
export function readJsonBody(body: Uint8Array, shape: JsonShape): Wire {
  const text = toText(body);
  if (text === null) return [unreadable(() => toLossyText(body))];
  // No event in a small body can be too large, and reading it costs little whatever it holds.
  return body.length <= hopLimits.eventBytes ? readItems(text, shape) : readLargeBody(text, shape);
}

function readItems(text: string, shape: JsonShape): Wire {
  const parsed = parseJson(text, shape);
  if (parsed === null) return [unreadable(() => text)];
  if (!Array.isArray(parsed.value)) return [toItem(parsed.value)];
  const items: readonly unknown[] = parsed.value;
  return items.length > hopLimits.eventsPerRequest ? "too_many" : items.map((value) => toItem(value));
}

/**
 * Item by item, each once to see that the body is JSON as a whole and once when its turn comes: a hostile megabyte of brackets costs tens
 * to hold, and a body has room for sixteen. Events that are too large are not read at all.
 */
function readLargeBody(text: string, shape: JsonShape): Wire {
  const spans = findArrayItems(text, hopLimits.eventsPerRequest);
  if (spans === null) return isTooLarge(text) ? [tooLarge(text)] : readItems(text, shape);
  if (spans.length > hopLimits.eventsPerRequest) return "too_many";
  const items = spans.map(({ from, to }) => text.slice(from, to));
  if (!endsAt(text, spans.at(-1)?.to)) return [unreadable(() => text)];
  if (items.length === 1 && blank.test(items[0] ?? "")) return [];
  const isJson = (item: string): boolean => isTooLarge(item) || parseJson(item, shape) !== null;
  return items.every(isJson) ? readInTurn(items, shape) : [unreadable(() => text)];
}

/** What JSON takes for white space; `trim` takes more. */
const blank = /^[ \t\n\r]*$/;

/** Whether the array is closed there and nothing follows. */
const endsAt = (text: string, at = text.length): boolean => text.charAt(at) === "]" && blank.test(text.slice(at + 1));

function* readInTurn(items: readonly string[], shape: JsonShape): Generator<WireItem> {
  for (const item of items) yield readOne(item, shape);
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
  for (const line of lines) yield typeof line === "string" ? readOne(line, "hop") : unreadable(() => toLossyText(line));
}

function readOne(text: string, shape: JsonShape): WireItem {
  if (isTooLarge(text)) return tooLarge(text);
  const parsed = parseJson(text, shape);
  return parsed === null ? unreadable(() => text) : { value: parsed.value, text: () => text };
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
