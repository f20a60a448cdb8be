/**
 * A signature groups messages, so the beginning is enough; in UTF-16 units. Not more than facts keep of a message, so that an attempt has
 * the same signature whether it is counted as an event or as a journey's.
 */
const readLength = 158;

/** Hexadecimal ids (8 and more, with a digit), UUIDs, and words that mix letters with digits: `SO-1042`, `a81f33c0`, `v2.1`. */
const idLike = /\b(?=[\w-]*\d)[A-Za-z\d]+(?:[-_.:/][A-Za-z\d]+)*\b/g;
const quoted = /"[^"]{1,80}"|'[^']{1,80}'|`[^`]{1,80}`|“[^”]{1,80}”/g;
const number = /[-+]?\d+(?:[.,:]\d+)*/g;

/** A message with what differs from one record to the next taken out, so that the same failure has the same signature. */
export function toSignature(message: string): string {
  const text = message.slice(0, readLength).toWellFormed();
  return text.replace(quoted, "…").replace(idLike, "#").replace(number, "#").replace(/\s+/g, " ").trim();
}
