import { facetNames, type Facet, type FacetChoice, type FacetName } from "#lib/failure/failures-view.ts";

/** What one kind of trouble can be narrowed by. */
export interface Narrowable {
  readonly flow: string;
  readonly state: string;
  readonly step: string | null;
  readonly system: string | null;
  readonly errorClass: string | null;
  readonly field: string | null;
  readonly point: string | null;
}

const maxValues = 8;

const valueOf = (kind: Narrowable, facet: FacetName | "flow"): string | null =>
  facet === "class" ? kind.errorClass : kind[facet];

/** Whether a kind is one of those chosen; `except`: whatever stands in this facet. */
export const isChosen = (kind: Narrowable, choice: FacetChoice, except?: FacetName): boolean =>
  (["flow", ...facetNames] as const).every(
    (facet) => facet === except || choice[facet] === undefined || choice[facet] === valueOf(kind, facet),
  );

/**
 * Each facet with its values and how many records each has among those that the other facets leave. Where nothing differs there is
 * nothing to choose, and the facet is left out.
 */
export function countFacets(
  counts: readonly { readonly kind: Narrowable; readonly count: number }[],
  choice: FacetChoice,
  nameOf: (facet: FacetName, value: string) => string,
): readonly Facet[] {
  return facetNames.flatMap((facet): readonly Facet[] => {
    const sums = new Map<string | null, number>();
    for (const { kind, count } of counts) {
      if (!isChosen(kind, choice, facet)) continue;
      const value = valueOf(kind, facet);
      sums.set(value, (sums.get(value) ?? 0) + count);
    }
    const chosen = choice[facet];
    if (chosen !== undefined && !sums.has(chosen)) sums.set(chosen, 0);
    const values = [...sums]
      .map(([value, count]) => ({
        value,
        name: value === null ? "" : nameOf(facet, value),
        count,
        isChosen: chosen !== undefined && value === chosen,
      }))
      .toSorted((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
    if (chosen === undefined && (values.length < 2 || values.every(({ value }) => value === null))) return [];
    const shown = values.filter((value, index) => index < maxValues || value.isChosen);
    return [{ facet, values: shown, omitted: values.length - shown.length }];
  });
}
