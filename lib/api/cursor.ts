import { ReadError } from "#lib/api/problem.ts";

const toBase64Url = (text: string): string =>
  btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(""))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

const fromBase64Url = (text: string): string =>
  new TextDecoder("utf-8", { fatal: true }).decode(
    Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0)),
  );

/** What a list was asked for, `cursor` and `limit` aside, as one text: equal questions are equal texts. */
export function questionOf(query: Readonly<Record<string, unknown>>): string {
  const { cursor: _cursor, limit: _limit, ...asked } = query;
  return JSON.stringify(Object.entries(asked).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

/** A page's place, together with the question it belongs to: with another question it is refused. */
export const sealCursor = (question: string, place: string): string => toBase64Url(JSON.stringify([question, place]));

/** The store's own place; `invalid_cursor` where the text is none of ours or belongs to another question. */
export function openCursor(question: string, cursor: string): string {
  let opened: unknown;
  try {
    opened = JSON.parse(fromBase64Url(cursor));
  } catch {
    throw new ReadError("invalid_cursor", "This cursor was not handed out here.", "cursor");
  }
  const [asked, place] = isList(opened) ? opened : [];
  if (asked !== question || typeof place !== "string") {
    throw new ReadError(
      "invalid_cursor",
      "A cursor continues the question it came from; keep every parameter.",
      "cursor",
    );
  }
  return place;
}
