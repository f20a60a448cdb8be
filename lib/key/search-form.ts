/** A beginning or end shorter than this (in characters of the form) finds whole keys only. */
const minSearchLength = 4;

/** What people leave out, add or swap when they read a key from paper: white space, punctuation, ASCII signs, control characters. */
const separators = /[\p{Z}\p{P}\p{C}\u0000-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u007f]+/gu;

/** Nothing left to fold. */
const plain = /^[a-z0-9]+$/;

/**
 * The forgiving form a key is searched by: `SO-1042`, `so 1042` and `ＳＯ１０４２` are all `so1042`. It never links records.
 * A value of nothing but separators keeps them, so that it can still be found. Applying it twice changes nothing.
 */
export const toSearchForm = (value: string): string => {
  let form = value;
  // Taking a separator out can bring a letter and its accent together: until nothing changes any more, which is soon.
  for (let round = 0; round < 5; round += 1) {
    const folded = fold(form);
    const next = folded.replace(separators, "") || folded.trim();
    if (next === form || plain.test(next)) return next;
    form = next;
  }
  return form;
};

/** Upper before lower case, so that what only differs there (`ß`, `ſ`, final `ς`) comes to one form. */
const fold = (value: string): string => {
  return value.toWellFormed().normalize("NFKC").toUpperCase().toLowerCase().replaceAll("ς", "σ").normalize("NFKC");
};

/** The form read backwards, character by character: an index on it finds a key by its end. */
export const toReversedForm = (form: string): string => [...form].toReversed().join("");

/** Whether a form is long enough to be searched as a beginning or end. */
export const isLongEnough = (form: string): boolean =>
  form.length >= minSearchLength && [...form].length >= minSearchLength;
