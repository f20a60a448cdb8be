/** A place in a payload, from the outside in. */
export type PathToken = string | number;

/** `["lines", 2, "sku"]` is `lines[2].sku`. */
export const toFieldPath = (tokens: readonly PathToken[]): string =>
  tokens.reduce<string>((path, token) => {
    if (typeof token === "number") return `${path}[${token}]`;
    return path === "" ? token : `${path}.${token}`;
  }, "");

/** The way back, for fields that a contract or an error names; a name that holds a dot itself reads as two. */
export const parseFieldPath = (path: string): readonly PathToken[] =>
  path
    .split(/\.|(?=\[\d+\])/u)
    .filter((part) => part !== "")
    .map((part) => (/^\[\d+\]$/u.test(part) ? Number(part.slice(1, -1)) : part));

/** `lines[2].sku` is an instance of `lines[].sku`. */
export const toFieldPattern = (path: string): string => path.replaceAll(/\[\d+\]/gu, "[]");

/** Where `StoredEvent.masks` would speak of this place: `/payload/lines/2/sku`. */
export const toMaskPointer = (tokens: readonly PathToken[]): string =>
  ["/payload", ...tokens.map((token) => String(token).replaceAll("~", "~0").replaceAll("/", "~1"))].join("/");

/** What stands at a place; undefined where nothing does. */
export function valueAt(payload: unknown, tokens: readonly PathToken[]): unknown {
  let value = payload;
  for (const token of tokens) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, token)) return undefined;
    value = Reflect.get(value, token);
  }
  return value;
}
