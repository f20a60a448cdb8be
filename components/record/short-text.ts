/** Keeps a text within so many UTF-16 units without cutting a character in two; says so with an ellipsis. */
export function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  let kept = "";
  for (const character of text) {
    if (kept.length + character.length + 1 > length) break;
    kept += character;
  }
  return length < 1 ? "" : `${kept.trimEnd()}…`;
}

/** Line breaks from outside would tear the message apart. */
export const oneLine = (text: string): string => text.replaceAll(/\s+/gu, " ").trim();
