export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * Where the items of the array that a text holds begin and end, at most `limit` + 1 of them; null where the text does not begin with one.
 * It only finds borders: whether the text is JSON is for the parser to say. Costs neither stack nor memory for depth.
 */
export function findArrayItems(text: string, limit: number): readonly Span[] | null {
  let at = 0;
  while (isBlank(text.charCodeAt(at))) at += 1;
  if (text.charCodeAt(at) !== openBracket) return null;
  const spans: Span[] = [];
  let from = at + 1;
  let depth = 1;
  for (at += 1; at < text.length && spans.length <= limit; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) at = endOfString(text, at);
    else if (code === openBracket || code === openBrace) depth += 1;
    else if (code === closeBracket || code === closeBrace) {
      depth -= 1;
      if (depth === 0) {
        spans.push({ from, to: at });
        return spans;
      }
    } else if (code === comma && depth === 1) {
      spans.push({ from, to: at });
      from = at + 1;
    }
  }
  return spans;
}

const quote = 34;
const comma = 44;
const backslash = 92;
const openBracket = 91;
const closeBracket = 93;
const openBrace = 123;
const closeBrace = 125;

const isBlank = (code: number): boolean => code === 32 || (code >= 9 && code <= 13);

/** The closing quote of a string, or the text's end. */
function endOfString(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === backslash) at += 1;
    else if (code === quote) return at;
  }
  return text.length;
}
