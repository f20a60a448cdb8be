const han = /\p{Script=Han}/u;
const latin = /[\p{Script=Latin}\p{Number}`]/u;

/**
 * Chinese text with a space where Han meets Latin at the edge of an inserted value. Values themselves stay as they are:
 * they are names and keys of other people.
 */
export function zh(parts: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  return parts.reduce((text, part, i) => (i === 0 ? part : joinZh(joinZh(text, String(values[i - 1])), part)), "");
}

export function joinZh(left: string, right: string): string {
  const last = Array.from(left.slice(-2)).at(-1) ?? "";
  const next = String.fromCodePoint(right.codePointAt(0) ?? 0x20);
  const meets = (han.test(last) && latin.test(next)) || (latin.test(last) && han.test(next));
  return meets && right !== "" ? `${left} ${right}` : left + right;
}
