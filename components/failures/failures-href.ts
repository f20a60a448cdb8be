import { listHref, type GivenFilters } from "#components/journeys/list-href.ts";
import type { FacetName } from "#lib/failure/failures-view.ts";

/** The address of the failures page with some of it changed or (null) taken away; another question closes the open row. */
export const failuresHref = (given: GivenFilters, change: Readonly<Record<string, string | null>>): string =>
  listHref(
    given,
    "open" in change ? change : { ...(Object.keys(change).length > 0 && { open: null }), ...change },
    "/failures",
  );

/** What changes when a facet's value is chosen; `value` null: those that have none; `isChosen`: it is taken away. */
export const facetChange = (
  given: GivenFilters,
  facet: FacetName,
  value: string | null,
  isChosen: boolean,
): Readonly<Record<string, string | null>> => {
  const others = (given["without"] ?? "").split(",").filter((part) => part !== "" && part !== facet);
  const without = value === null && !isChosen ? [...others, facet] : others;
  return {
    [facet]: isChosen ? null : value,
    without: without.length === 0 ? null : without.join(","),
  };
};
