/** A piece of a sentence and how it stands out. */
export interface SentencePiece {
  readonly text: string;
  readonly mark: "plain" | "key" | "name" | "code" | "hot" | "tie";
}

export interface SentenceMarks {
  /** The record itself: the first time it is named. */
  readonly key: string | null;
  /** Names of steps. */
  readonly names: readonly string[];
  /** Name of the broken step; the phrase that ends in it is the hot part. */
  readonly broken: string | null;
}

interface Span {
  readonly start: number;
  readonly end: number;
  readonly mark: SentencePiece["mark"];
}

/** How the engine's sentences say that something did not arrive, right before or around the name of the step. */
const hotPhrases = (name: string): readonly string[] => [
  `never reached ${name}`,
  `failed at ${name}`,
  `received but not processed at ${name}`,
  `can't tell`,
  `没有到达${name}`,
  `没有到达 ${name}`,
  `在${name}失败`,
  `在 ${name} 失败`,
  `送到了${name}但没有处理`,
  `送到了 ${name} 但没有处理`,
  `无法判断`,
];

/** Times and durations that a line break must not cut: `10:02:11`, `3 h overdue`, `逾期 3 小时`. */
const tied =
  /(?:due|应于) (?:\d{1,2} [A-Z][a-z]{2} (?:\d{4} )?|(?:\d{4}-)?\d{2}-\d{2} )?\d{2}:\d{2}(?::\d{2})?|逾期 [\d.]+ [天小时分秒]+(?: [\d.]+ [天小时分秒]+)?|[\d.]+ (?:d|h|min|s)(?: [\d.]+ (?:d|h|min|s))? (?:overdue|late)/gu;

/**
 * Cuts a plain sentence into pieces to emphasise. The sentence is text from the engine that holds text from outside:
 * it is never read as markup, every character of it comes out again, and only backticks around ids are taken as marks.
 */
export function markSentence(sentence: string, { key, names, broken }: SentenceMarks): readonly SentencePiece[] {
  const spans: Span[] = [];
  const add = (start: number, end: number, mark: Span["mark"]): void => {
    if (start >= 0 && end > start && !spans.some((span) => start < span.end && span.start < end))
      spans.push({ start, end, mark });
  };
  if (key !== null && key !== "") {
    const start = sentence.indexOf(key);
    add(start, start + key.length, "key");
  }
  if (broken !== null && broken !== "") {
    for (const phrase of hotPhrases(broken)) {
      const start = sentence.indexOf(phrase);
      if (start < 0) continue;
      add(start, start + phrase.length, "hot");
      break;
    }
  }
  for (const match of sentence.matchAll(/`[^`]+`/gu)) add(match.index, match.index + match[0].length, "code");
  for (const match of sentence.matchAll(tied)) add(match.index, match.index + match[0].length, "tie");
  for (const name of [...new Set(names)].toSorted((a, b) => b.length - a.length)) {
    if (name === "") continue;
    const start = sentence.indexOf(name);
    add(start, start + name.length, "name");
  }

  const pieces: SentencePiece[] = [];
  let from = 0;
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    if (span.start > from) pieces.push({ text: sentence.slice(from, span.start), mark: "plain" });
    const text = sentence.slice(span.start, span.end);
    pieces.push({ text: span.mark === "code" ? text.slice(1, -1) : text, mark: span.mark });
    from = span.end;
  }
  if (from < sentence.length) pieces.push({ text: sentence.slice(from), mark: "plain" });
  return pieces;
}

/** A sentence for places that know no emphasis. */
export const plainSentence = (sentence: string): string => sentence.replaceAll(/`([^`]+)`/gu, "$1");
