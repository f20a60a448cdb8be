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
  if (spans === null) return isTooLarge(text) ? [tooLarge(() => text)] : readItems(text, shape);
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
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const lines = findLines(bytes, hopLimits.eventsPerRequest);
  return lines === null ? "too_many" : readLines(bytes, lines);
}

/** One at a time, and never the body as one text: what a line becomes weighs several times the line, and is done with before the next is read. */
function* readLines(body: Buffer, lines: readonly Span[]): Generator<WireItem> {
  const isWhole = isUtf8(body);
  for (const { from, to } of lines) {
    const text = (): string => body.toString("utf8", from, to).trim();
    yield isWhole || isUtf8(body.subarray(from, to)) ? readOne(text(), "hop", text) : unreadable(text);
  }
}

/** `again` makes the text anew, so that the item need not hold it. */
function readOne(text: string, shape: JsonShape, again = (): string => text): WireItem {
  if (isTooLarge(text)) return tooLarge(again);
  const parsed = parseJson(text, shape);
  return parsed === null ? unreadable(again) : { value: parsed.value, text: again };
}

const toItem = (value: unknown): WireItem => ({ value, text: () => JSON.stringify(value) });
const unreadable = (text: () => string): WireItem => ({ reason: "invalid_json", path: "", text });
const tooLarge = (text: () => string): WireItem => ({ reason: "too_large", path: "", text });

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

interface Span {
  readonly from: number;
  readonly to: number;
}

const lineFeed = 10;

/** Lines that are not blank; null where there are more than `most`. */
function findLines(body: Buffer, most: number): readonly Span[] | null {
  const lines: Span[] = [];
  for (let from = 0; from < body.length;) {
    const found = body.indexOf(lineFeed, from);
    const to = found < 0 ? body.length : found;
    if (!isBlankLine(body, from, to)) {
      if (lines.length === most) return null;
      lines.push({ from, to });
    }
    from = to + 1;
  }
  return lines;
}

/** As `trim` has it. Nearly every line shows at its first byte that it is not. */
function isBlankLine(body: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) {
    const byte = body[at] ?? 0;
    if (byte >= 128) return body.toString("utf8", at, to).trim() === "";
    if (byte !== 32 && (byte < 9 || byte > 13)) return false;
  }
  return true;
}
