/** What a pasted text came to. */
export interface PickedKeys {
  /** What looks like a key, as pasted, in order, each once. */
  readonly keys: readonly string[];
  /** Keys that stood there again. */
  readonly repeated: number;
  /** Words, dates, amounts: what is no key, in order, each once. */
  readonly leftOut: readonly string[];
  /** Keys beyond `most`. */
  readonly beyond: number;
}

/** Any dash people or their keyboards write; zero-width signs that chats put between. */
const dashes = /[\u2010-\u2015\u2212]/gu;
const invisible = /[\u200B-\u200D\u2060\uFEFF\u00AD]/gu;

/** A mobile number as it is read aloud: +86 138 0013 8000. */
const spokenPhone = /(?<![\w-])(?:\+?86[ -]?)?(1[3-9]\d)([ -]?)(\d{4})\2(\d{4})(?![\w-])/gu;

/** Addresses of pages name no record by themselves. */
const webAddress = /\b(?:https?:\/\/|www\.)[^\s，。、；]+/giu;

/** What one thing is made of: letters and digits of Latin kind, joined by signs that stand inside keys. Han ends it. */
const chunk =
  /[A-Za-z0-9\u00C0-\u024F\u0370-\u04FF@#](?:[A-Za-z0-9\u00C0-\u024F\u0370-\u04FF]|[-_.:/@#%](?=[A-Za-z0-9]))*%?/gu;

/** Behind a short number: it counts or dates something and names nothing. */
const unit = /^\s*(?:年|月|日|号(?!码)|点|时|分|秒|天|周|个|张|单|件|笔|次|元|块|万|千|百|条|位|人|小时|分钟)/u;
const currency = /[¥$€£￥]\s*$/u;

const noKeys: readonly RegExp[] = [
  // times, dates
  /^\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$/,
  /^(?:19|20)\d{2}[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\d|3[01])(?:T[\d:.]+)?$/,
  /^(?:0?[1-9]|1[0-2])[-/](?:0?[1-9]|[12]\d|3[01])$/,
  // amounts, shares, lengths of time, counts
  /^\d+\.\d{1,2}$/,
  /^\d+(?:\.\d+)?%$/,
  /^\d+(?:\.\d+)?(?:ms|s|sec|m|min|h|hrs?|d|x|k|am|pm|st|nd|rd|th|cny|rmb|usd|eur|kg)$/i,
];

const isWord = (text: string): boolean =>
  !/\d/.test(text) && !/^[A-Z]{2,}[-_][A-Z0-9_-]{2,}$/.test(text) && !isMail(text);
const isMail = (text: string): boolean => /^[^@\s]+@[^@\s]+\.[A-Za-z]{2,}$/.test(text);

const looksLikeKey = (text: string, isAlone: boolean): boolean => {
  if (isWord(text) || noKeys.some((each) => each.test(text))) return false;
  // a short number is a number of something, unless it stands alone in its line or cell
  if (/^\d+$/.test(text)) return text.length >= 4 || (isAlone && text.length >= 2);
  return text.length >= 3;
};

/** `order:SO-1`, `SO-1/SO-2`: signs that stand inside keys, used to set keys apart. */
const partsOf = (text: string): readonly string[] => {
  if (noKeys.some((each) => each.test(text)) || isMail(text)) return [text];
  const named = /^([^\d:]+):([^:]+)$/u.exec(text);
  if (named !== null) return [named[1] ?? "", ...partsOf(named[2] ?? "")];
  const parts = text.split("/");
  return parts.length > 1 && parts.every((part) => part.length >= 4 && looksLikeKey(part, false)) ? parts : [text];
};

const bare = (text: string): string => text.replace(/^#+|#+$/gu, "");

/**
 * Picks what looks like business keys out of a pasted text: a column, a list with any separators, or a chat message with words in
 * between. It forgives full-width signs and dashes of any kind. What it leaves out is told, so that nobody takes it for looked up.
 */
export const pickKeys = (text: string, most: number): PickedKeys => {
  const plain = text
    .normalize("NFKC")
    .replace(invisible, "")
    .replace(dashes, "-")
    .replace(spokenPhone, (_all, first: string, _sign, second: string, third: string) => ` ${first}${second}${third} `);
  const found = new Set<string>();
  const leftOut = new Set(plain.match(webAddress));
  let repeated = 0;
  for (const cell of plain.replace(webAddress, " ").split(/[\r\n\t,;、；，|]+/u)) {
    const isAlone = /^[\s"'()[\]{}<>【】「」]*\S+[\s"'()[\]{}<>【】「」]*$/u.test(cell);
    for (const match of cell.matchAll(chunk)) {
      const [before, after] = [cell.slice(0, match.index), cell.slice(match.index + match[0].length)];
      const counts = /^\d{1,4}$/.test(match[0]) && unit.test(after);
      for (const part of partsOf(match[0]).map(bare)) {
        if (part === "") continue;
        if (counts || currency.test(before) || !looksLikeKey(part, isAlone)) leftOut.add(part);
        else if (found.has(part)) repeated += 1;
        else found.add(part);
      }
    }
    for (const [word] of cell.matchAll(/\p{Script=Han}+/gu)) leftOut.add(word);
  }
  const keys = [...found];
  return { keys: keys.slice(0, most), repeated, leftOut: [...leftOut], beyond: Math.max(0, keys.length - most) };
};
