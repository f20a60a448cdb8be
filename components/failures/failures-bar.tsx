import Link from "next/link";
import type { ReactNode } from "react";
import { facetText } from "#components/failures/facet-list.tsx";
import { facetChange, failuresHref } from "#components/failures/failures-href.ts";
import type { View } from "#components/failures/view.ts";
import { filtersOf, type GivenFilters } from "#components/journeys/list-href.ts";
import { PeriodMenu } from "#components/period/period-menu.tsx";
import { ChoiceLink } from "#components/ui/choice-link.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Popover } from "#components/ui/popover.tsx";
import type { FailuresView } from "#lib/failure/failures-view.ts";
import type { Preset } from "#lib/period/period.ts";

/** The span of time, the flow, and what is narrowed to. */
export const FailuresBar = ({
  failures,
  given,
  range,
  view,
}: {
  readonly failures: FailuresView;
  readonly given: GivenFilters;
  readonly range: Preset | "custom";
  readonly view: View;
}): ReactNode => {
  const { t } = view;
  const { range: _range, from: _from, to: _to, open: _open, ...kept } = filtersOf(given);
  const flow = failures.flows.find(({ id }) => id === given["flow"]);
  const chosen = failures.facets.flatMap(({ facet, values }) =>
    values.filter(({ isChosen }) => isChosen).map((value) => ({ facet, value })),
  );
  return (
    <nav
      aria-label={t("filters")}
      className="flex flex-wrap gap-2 max-wide:-mx-gutter max-wide:flex-nowrap max-wide:overflow-x-auto max-wide:px-gutter max-wide:py-1"
    >
      <PeriodMenu
        chosen={range}
        period={failures.period}
        clock={view.clock}
        path="/failures"
        kept={kept}
        href={(change) => failuresHref(given, change)}
      />
      <Popover
        text={given["flow"] === undefined ? t("allFlows") : t("flow", { name: flow?.name ?? given["flow"] })}
        isSet={given["flow"] !== undefined}
      >
        <ChoiceLink isChosen={given["flow"] === undefined} href={failuresHref(given, { flow: null })}>
          {t("allFlows")}
        </ChoiceLink>
        {failures.flows.map(({ id, name }) => (
          <ChoiceLink key={id} isChosen={id === given["flow"]} href={failuresHref(given, { flow: id })}>
            {name}
          </ChoiceLink>
        ))}
      </Popover>
      {chosen.map(({ facet, value }) => {
        const text = t("filter", { name: t(`facet.${facet}`), value: facetText(facet, value, view) });
        return (
          <Link
            key={facet}
            className="chip"
            aria-current="true"
            aria-label={t("remove", { filter: text })}
            href={failuresHref(given, facetChange(given, facet, value.value, true))}
          >
            {text}
            <Icon name="cross" size={12} />
          </Link>
        );
      })}
      {Object.keys(kept).length === 0 ? null : (
        <Link
          className="chip border-transparent text-ink-2"
          href={failuresHref(given, Object.fromEntries(Object.keys(kept).map((name) => [name, null])))}
        >
          {t("clear")}
        </Link>
      )}
    </nav>
  );
};
