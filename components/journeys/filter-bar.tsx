"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { listHref, type GivenFilters } from "#components/journeys/list-href.ts";
import { Glyph, glyphOf } from "#components/ui/glyph.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { journeyStates, reasons as allReasons, type JourneyState } from "#lib/journey/judgement.ts";
import type { JourneyList } from "#lib/search/journey-list.ts";

const named = ["flow", "step", "system", "reason", "class", "field", "from", "to", "q"] as const;

const statesOf = (given: GivenFilters): readonly JourneyState[] =>
  journeyStates.filter((state) => given["state"]?.split(",").includes(state));

/** The filters of the address, each a link that takes it away, and the states to choose from. */
export const FilterBar = ({
  given,
  names,
}: {
  readonly given: GivenFilters;
  readonly names: JourneyList["names"];
}): ReactNode => {
  const t = useTranslations("journeys");
  const states = useTranslations("state");
  const reasons = useTranslations("reason");
  const chosen = statesOf(given);

  const toggled = (state: JourneyState): string | null => {
    const left = chosen.includes(state) ? chosen.filter((each) => each !== state) : [...chosen, state];
    return left.length === 0 ? null : left.join(",");
  };
  const valueOf = (name: (typeof named)[number], value: string): string => {
    const reason = allReasons.find((each) => each === value);
    if (name === "reason" && reason !== undefined) return reasons(reason);
    if (name === "flow" || name === "step" || name === "system") return names[name] ?? value;
    return value;
  };

  return (
    <nav
      aria-label={t("filters")}
      className="mt-3 flex flex-wrap gap-2 max-wide:-mx-gutter max-wide:flex-nowrap max-wide:overflow-x-auto max-wide:px-gutter max-wide:py-1"
    >
      {named.map((name) => {
        const value = given[name];
        if (value === undefined) return null;
        const text = t("filter", { name: t(name === "q" ? "key_form" : name), value: valueOf(name, value) });
        return (
          <Link
            key={name}
            className="chip"
            aria-current="true"
            aria-label={t("remove", { filter: text })}
            href={listHref(given, { [name]: null })}
          >
            {text}
            <Icon name="cross" size={12} />
          </Link>
        );
      })}
      {journeyStates.map((state) => (
        <Link
          key={state}
          className="chip"
          aria-current={chosen.includes(state) ? "true" : undefined}
          href={listHref(given, { state: toggled(state) })}
          prefetch={false}
        >
          <Glyph name={glyphOf(state)} size={13} />
          {states(state)}
        </Link>
      ))}
      {Object.keys(given).some((name) => name !== "cursor") ? (
        <Link className="chip border-transparent text-ink-2" href="/journeys">
          {t("clear")}
        </Link>
      ) : null}
    </nav>
  );
};
