import type { LetterFilters } from "#components/dead-letters/letter.ts";

/** The address of the list with some filters set or (null) taken away; another filter begins at the first page again. */
export const lettersHref = (
  given: LetterFilters,
  change: Readonly<Partial<Record<keyof LetterFilters, string | null>>>,
): string => {
  const { cursor: _cursor, request: _request, ...kept } = given;
  const query = new URLSearchParams(Object.entries(kept));
  for (const [name, value] of Object.entries(change)) {
    if (value === null) query.delete(name);
    else query.set(name, value);
  }
  const text = query.toString();
  return text === "" ? "/dead-letters" : `/dead-letters?${text}`;
};
