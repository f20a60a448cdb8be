/** Filters as they stand in the address of the list. */
export type GivenFilters = Readonly<Record<string, string>>;

/** The address of the list with some filters set or (null) taken away; another filter begins at the first page again. */
export const listHref = (given: GivenFilters, change: Readonly<Record<string, string | null>>): string => {
  const { cursor: _cursor, ...kept } = given;
  const query = new URLSearchParams(kept);
  for (const [name, value] of Object.entries(change)) {
    if (value === null) query.delete(name);
    else query.set(name, value);
  }
  const text = query.toString();
  return text === "" ? "/journeys" : `/journeys?${text}`;
};
