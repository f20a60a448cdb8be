import type { Period, Preset } from "#lib/period/period.ts";

/** Filters as they stand in the address of the list. */
export type GivenFilters = Readonly<Record<string, string>>;

/** What belongs to a place in the list and not to the question. */
const placeNames = new Set(["cursor", "asOf"]);

/** The question alone. */
export const filtersOf = (given: GivenFilters): GivenFilters =>
  Object.fromEntries(Object.entries(given).filter(([name]) => !placeNames.has(name)));

/** The address of the list with some filters set or (null) taken away; another filter begins at the first page again. */
export const listHref = (
  given: GivenFilters,
  change: Readonly<Record<string, string | null>>,
  path = "/journeys",
): string => {
  const query = new URLSearchParams(filtersOf(given));
  for (const [name, value] of Object.entries(change)) {
    if (value === null) query.delete(name);
    else query.set(name, value);
  }
  const text = query.toString();
  return text === "" ? path : `${path}?${text}`;
};

/** What the address asks for. */
export interface ListQuestion {
  /** The address without what is unknown or no good. */
  readonly given: GivenFilters;
  readonly range: Preset | "any" | "custom";
  readonly period: Partial<Period>;
  /** The moment that a span up to now ends at, epoch ms. */
  readonly asOf: number;
  readonly hasBadCursor: boolean;
}
