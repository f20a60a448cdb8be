import type { StoredEvent } from "#lib/event/hop-event.ts";
import { isJsonObject } from "#lib/event/json-object.ts";
import type { Traits } from "#lib/failure/compare-samples.ts";
import { toFieldPath, type PathToken } from "#lib/field/field-path.ts";

type Content = Pick<StoredEvent, "attributes" | "payload" | "masks" | "eventTime">;

const maxDepth = 4;
const maxFields = 120;
const maxLength = 80;

/** A value in few words; null where nothing stands there, undefined for what is no single value. */
const textOf = (value: unknown): string | null | undefined => {
  if (value === null) return null;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value !== "string") return undefined;
  const text = value.trim();
  return text === "" ? null : text.length > maxLength ? `${text.slice(0, maxLength)}…`.toWellFormed() : text;
};

const escapePointer = (token: PathToken): string => String(token).replaceAll("~", "~0").replaceAll("/", "~1");

/** Single values of an object and of objects in it; of lists nothing, for their items are not the same thing twice. */
function collect(
  value: unknown,
  tokens: readonly PathToken[],
  take: (tokens: readonly PathToken[], text: string | null) => void,
): void {
  const text = textOf(value);
  if (text !== undefined) take(tokens, text);
  else if (isJsonObject(value) && tokens.length < maxDepth) {
    for (const [name, child] of Object.entries(value)) collect(child, [...tokens, name], take);
  }
}

/** Attributes and payload fields of a record's events by name; the latest event has the last word. Masked values are left out. */
export function traitsOf(events: readonly Content[]): Traits {
  const traits = new Map<string, string | null>();
  for (const { attributes, payload, masks = {} } of events.toSorted((a, b) => a.eventTime - b.eventTime)) {
    for (const [part, content] of [
      ["payload", payload],
      ["attributes", attributes],
    ] as const) {
      collect(content, [], (tokens, text) => {
        if (tokens.length === 0 || `/${[part, ...tokens.map(escapePointer)].join("/")}` in masks) return;
        const name = toFieldPath(tokens);
        if (traits.size < maxFields || traits.has(name)) traits.set(name, text);
      });
    }
  }
  return traits;
}

/** The attributes of one event that could be a version or a setting: single values, not empty, not masked. */
export function attributesOf({
  attributes = {},
  masks = {},
}: Content): readonly (readonly [name: string, value: string])[] {
  return Object.entries(attributes).flatMap(([name, value]) => {
    const text = textOf(value);
    return typeof text !== "string" || `/attributes/${escapePointer(name)}` in masks ? [] : [[name, text] as const];
  });
}
