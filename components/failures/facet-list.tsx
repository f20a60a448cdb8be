import Link from "next/link";
import type { ReactNode } from "react";
import { facetChange, failuresHref } from "#components/failures/failures-href.ts";
import type { View } from "#components/failures/view.ts";
import type { GivenFilters } from "#components/journeys/list-href.ts";
import { reasons as allReasons, troubleStates } from "#lib/journey/judgement.ts";
import type { Facet, FacetValue } from "#lib/failure/failures-view.ts";

/** What a value is called: states and errors have words, other ids stand as they are. */
export const facetText = (
  facet: Facet["facet"],
  { value, name }: Pick<FacetValue, "value" | "name">,
  { t, states, reasons }: View,
): string => {
  if (value === null) return t("none_of");
  const state = troubleStates.find((each) => each === value);
  if (facet === "state" && state !== undefined) return states(state);
  const reason = allReasons.find((each) => each === value);
  return facet === "class" && reason !== undefined ? reasons(reason) : name;
};

/** What the records in trouble can be narrowed by, with how many each value leaves; a bar says which are many. */
export const FacetList = ({
  place,
  facets,
  given,
  view,
}: {
  /** Names the headings: the list stands twice, beside the groups and, on phones, folded above them. */
  readonly place: "beside" | "above";
  readonly facets: readonly Facet[];
  readonly given: GivenFilters;
  readonly view: View;
}): ReactNode => {
  const { t } = view;
  return facets.map(({ facet, values, omitted }) => {
    const most = Math.max(1, ...values.map(({ count }) => count));
    return (
      <section key={facet} className="mb-4 border-b border-line pb-3" aria-labelledby={`${place}-${facet}`}>
        <h2 id={`${place}-${facet}`} className="mb-1 text-12 font-medium text-ink-3">
          {t(`facet.${facet}`)}
        </h2>
        <ul>
          {values.map((value) => (
            <li key={value.value ?? ""}>
              <Link
                href={failuresHref(given, facetChange(given, facet, value.value, value.isChosen))}
                prefetch={false}
                aria-current={value.isChosen ? "true" : undefined}
                className={`grid min-h-tap grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 rounded-1 px-1 text-13 hover:bg-hover wide:min-h-7 ${
                  value.isChosen ? "bg-sunken font-bold" : ""
                }`}
              >
                <span className={`wrap-anywhere ${value.value === null ? "text-ink-3" : ""}`}>
                  {facetText(facet, value, view)}
                </span>
                <span>
                  {value.count}
                  {value.isChosen ? " ×" : ""}
                </span>
                <span className="col-span-2 h-0.5" aria-hidden="true">
                  <span className="block h-full bg-chart-3" style={{ width: `${(value.count / most) * 100}%` }} />
                </span>
              </Link>
            </li>
          ))}
        </ul>
        {omitted === 0 ? null : <p className="px-1 text-12 text-ink-3">{t("more", { count: omitted })}</p>}
      </section>
    );
  });
};
