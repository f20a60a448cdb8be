import { journeysQuery, type JourneysQuery } from "#lib/api/journeys-schema.ts";

type Given = Readonly<Record<string, string>>;

/** Parameters of the address that the list knows and can use; the same names as in the read API. A part that is no good is left out. */
export const journeyFilters = (searchParams: unknown): { readonly query: JourneysQuery; readonly given: Given } => {
  const entries = Object.entries(typeof searchParams === "object" && searchParams !== null ? searchParams : {});
  const known = entries.flatMap(([name, value]): [string, string][] =>
    name in journeysQuery.shape && name !== "limit" && typeof value === "string" && value !== "" ? [[name, value]] : [],
  );
  let given: Given = Object.fromEntries(known);
  const parsed = journeysQuery.safeParse(given);
  if (!parsed.success) {
    const wrong = new Set(parsed.error.issues.map(({ path }) => path[0]));
    given = Object.fromEntries(known.filter(([name]) => !wrong.has(name)));
  }
  return { query: journeysQuery.parse(given), given };
};
