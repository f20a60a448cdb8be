import { createHash } from "node:crypto";

/** Lucene takes no term of more than 32,766 bytes, and long ones weigh in every count. */
const longest = 1_000;
/**
 * A text as keyword fields hold it: whole, or, where it is long, its beginning and a hash of all of it, so that equal texts have equal
 * terms and others don't. What is answered is read from the kept row, never from a cut term.
 */
export const toTerm = (text: string): string => {
  const whole = text.toWellFormed();
  if (whole.length <= longest) return whole;
  return `${whole.slice(0, longest).toWellFormed()}\u0000${hashOf(whole)}`;
};

/** Any text in one term to count by: itself, or a hash where it is long; `isHashed` tells which. Texts that begin with `#` are not for it. */
export const toCountedTerm = (text: string): string => {
  const whole = text.toWellFormed();
  return whole.length <= longest ? whole : `#${hashOf(whole)}`;
};

export const isHashed = (countedTerm: string): boolean => countedTerm.startsWith("#");

const hashOf = (text: string): string => createHash("sha256").update(text).digest("base64url");

/** Sorts as the number does, in a term. Times before 1970 sort before all others. */
const toSortable = (whole: number): string => {
  const sign = whole < 0 ? 0 : 1;
  return `${sign}${String(sign === 1 ? whole : Number.MAX_SAFE_INTEGER + whole).padStart(16, "0")}`;
};

/** A name and a time in one term: a range of them finds the documents in which this name, and not just any, has a time in the range. */
export const toTimedTerm = (name: string, at: number): string =>
  `${toTerm(name)}\u0000${toSortable(Math.min(Math.max(Math.trunc(at), -Number.MAX_SAFE_INTEGER), Number.MAX_SAFE_INTEGER))}`;
