import { isJsonObject } from "#lib/event/json-object.ts";
import { toNumberText } from "#lib/event/number-text.ts";

/** Where the hop events stand in the text: the value or its items themselves, or their member `data`. */
export type JsonShape = "hop" | "cloud_event";

/**
 * Reads JSON as JSON.parse does; numbers under `keys` of each event become their decimal text as sent, because a business
 * key `1.0` is not `1` and an 18-digit number must keep its last digits. Null where the text is not JSON.
 * Costs a second look at the text only where a key is a number.
 */
export const parseJson = (text: string, shape: JsonShape = "hop"): { readonly value: unknown } | null => {
  const value = tryParse(text);
  if (value === undefined) return null;
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (items.some((item) => hasNumberKey(eventOf(item, shape))))
    keepNumberTexts(text, Array.isArray(value), items, shape);
  return { value };
};

/** Undefined is no JSON value, so it can say "not JSON". */
const tryParse = (text: string, reviver?: (key: string, value: unknown) => unknown): unknown => {
  try {
    return JSON.parse(text, reviver) as unknown;
  } catch {
    return undefined;
  }
};

const eventOf = (item: unknown, shape: JsonShape): unknown =>
  shape === "hop" ? item : isJsonObject(item) && Object.hasOwn(item, "data") ? item["data"] : undefined;

const hasNumberKey = (event: unknown): boolean => {
  if (!isJsonObject(event) || !Object.hasOwn(event, "keys")) return false;
  const keys = event["keys"];
  if (!isJsonObject(keys)) return false;
  for (const type of Object.keys(keys)) {
    const value = keys[type];
    if (typeof value === "number") return true;
    if (Array.isArray(value) && value.some((entry) => typeof entry === "number")) return true;
  }
  return false;
};

const keepNumberTexts = (text: string, batch: boolean, items: readonly unknown[], shape: JsonShape): void => {
  let at = skipBlank(text, 0);
  if (batch) at += 1;
  for (const [index, item] of items.entries()) {
    at = skipBlank(text, at);
    const event = eventOf(item, shape);
    if (hasNumberKey(event) && isJsonObject(event)) {
      const eventAt = shape === "hop" ? at : findMember(text, at, "data");
      const keysAt = findMember(text, eventAt, "keys");
      const keys = tryParse(text.slice(keysAt, skipValue(text, keysAt)), reviveNumber);
      // Too deep for the reviver to walk: such keys are rejected by their type anyway.
      if (keys !== undefined) (event as { keys: unknown }).keys = keys;
    }
    if (index < items.length - 1) at = skipBlank(text, skipValue(text, at)) + 1;
  }
};

function reviveNumber(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  return typeof value === "number" && context?.source !== undefined ? toNumberText(context.source) : value;
}

// What follows walks a text that JSON.parse has already accepted, so it only has to find the ends of things.

const isBlank = (code: number): boolean => code === 32 || code === 10 || code === 13 || code === 9;

const skipBlank = (text: string, from: number): number => {
  let at = from;
  while (isBlank(text.charCodeAt(at))) at += 1;
  return at;
};

/** From an opening quote to behind the closing one. */
const skipString = (text: string, from: number): number => {
  let at = text.indexOf('"', from + 1);
  for (;;) {
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === 92) slashes += 1;
    if (slashes % 2 === 0) return at + 1;
    at = text.indexOf('"', at + 1);
  }
};

/** From the first character of a value to behind its last. Iterative: depth costs no stack. */
const skipValue = (text: string, from: number): number => {
  let depth = 0;
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === 34) at = skipString(text, at);
    else {
      if (code === 123 || code === 91) depth += 1;
      else if (code === 125 || code === 93) depth -= 1;
      at += 1;
    }
    if (depth === 0 && (code === 34 || code === 125 || code === 93 || endsScalar(text, at))) return at;
  }
};

const endsScalar = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at);
  return Number.isNaN(code) || code === 44 || code === 125 || code === 93 || isBlank(code);
};

/** Where the value of an object's member begins; of a name given twice the last, as JSON.parse has it. The member exists. */
const findMember = (text: string, objectAt: number, name: string): number => {
  let found = -1;
  let at = skipBlank(text, objectAt + 1);
  while (text.charCodeAt(at) === 34) {
    const nameEnd = skipString(text, at);
    const quoted = text.slice(at, nameEnd);
    const memberAt = skipBlank(text, skipBlank(text, nameEnd) + 1);
    if (quoted === `"${name}"` || (quoted.includes("\\") && tryParse(quoted) === name)) found = memberAt;
    at = skipBlank(text, skipBlank(text, skipValue(text, memberAt)) + 1);
  }
  return found;
};
