import { createMemberOrders } from "#lib/event/member-order.ts";
import { isJsonObject } from "#lib/event/json-object.ts";
import { toNumberText } from "#lib/event/number-text.ts";

/** An event may be nested this deep, itself included. */
const maxDepth = 32;

/** Null: nested too deep. */
type Text = string | null;

const orderOf = createMemberOrders();

/** Longer texts are quoted faster by the engine itself. */
const maxScanned = 40;

const toQuoted = (text: string): string => {
  if (text.length > maxScanned) return JSON.stringify(text);
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 32 || code === 34 || code === 92 || (code >= 0xd800 && code <= 0xdfff)) return JSON.stringify(text);
  }
  return `"${text}"`;
};

/** `levels`: how many containers may still stand inside each other. */
const write = (value: unknown, levels: number): Text => {
  if (typeof value === "string") return toQuoted(value);
  if (typeof value === "number") return `${value}`;
  if (typeof value === "boolean") return value ? "true" : "false";
  if (typeof value !== "object" || value === null) return "null";
  if (levels === 0) return null;
  return Array.isArray(value) ? writeItems(value, levels) : writeMembers(value, levels);
};

const writeItems = (items: readonly unknown[], levels: number): Text => {
  let text = "[";
  for (let at = 0; at < items.length; at += 1) {
    const item = write(items[at], levels - 1);
    if (item === null) return null;
    text += at === 0 ? item : `,${item}`;
  }
  return `${text}]`;
};

const writeMembers = (value: object, levels: number): Text => {
  const { labels, places } = orderOf(Object.keys(value));
  const members: readonly unknown[] = Object.values(value);
  let text = "";
  for (let at = 0; at < labels.length; at += 1) {
    const member = members[places[at] ?? 0];
    // A member that is undefined does not exist in JSON.
    if (member === undefined) continue;
    const written = write(member, levels - 1);
    if (written === null) return null;
    const label = labels[at] ?? "";
    text += text === "" ? label + written : `,${label}${written}`;
  }
  return `{${text}}`;
};

/**
 * RFC 8785 text of a JSON value, the same whatever the order of members. Null where it is nested deeper than `deepest`.
 * A lone surrogate, which RFC 8785 refuses, is written as JSON.stringify writes it.
 */
export const toCanonicalJson = (value: unknown, deepest = maxDepth): Text => write(value, deepest);

/**
 * What an event says, as one text: RFC 8785 of all its members but `trace`, with numbers under `keys` as text.
 * Null where it is nested too deep. Two sightings with the same text are the same sighting.
 */
export const toContentText = (event: Readonly<Record<string, unknown>>): Text => {
  const keys = Object.hasOwn(event, "keys") ? event["keys"] : undefined;
  const numbers = isJsonObject(keys) && Object.values(keys).some(holdsNumber);
  if (!numbers && !Object.hasOwn(event, "trace")) return writeMembers(event, maxDepth);
  return writeMembers(
    { ...event, trace: undefined, ...(numbers ? { keys: withNumberTexts(keys) } : undefined) },
    maxDepth,
  );
};

const holdsNumber = (value: unknown): boolean =>
  typeof value === "number" || (Array.isArray(value) && value.some((item) => typeof item === "number"));

const toText = (value: unknown): unknown => (typeof value === "number" ? toNumberText(String(value)) : value);

const withNumberTexts = (keys: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(keys).map(([type, value]) => [type, Array.isArray(value) ? value.map(toText) : toText(value)]),
  );

/** Path of the first container that is nested too deep, for the answer to the sender. Only called where one is. */
export const findTooDeep = (value: unknown, names: readonly string[] = []): readonly string[] | null => {
  if (typeof value !== "object" || value === null) return null;
  if (names.length >= maxDepth) return names;
  for (const [name, member] of Object.entries(value)) {
    const found = findTooDeep(member, [...names, name]);
    if (found !== null) return found;
  }
  return null;
};
