import Link from "next/link";
import type { ReactNode } from "react";
import { listHref, type GivenFilters, type ListQuestion } from "#components/journeys/list-href.ts";
import type { ListView } from "#components/journeys/list-view.ts";
import { FilterChoices } from "#components/journeys/filter-choices.tsx";
import { Glyph, glyphOf } from "#components/ui/glyph.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { journeyStates, type JourneyState } from "#lib/journey/judgement.ts";
import type { JourneyList } from "#lib/search/journey-list.ts";

const statesOf = (given: GivenFilters): readonly JourneyState[] =>
  journeyStates.filter((state) => given["state"]?.split(",").includes(state));

const bar =
  "flex flex-wrap gap-2 max-wide:-mx-gutter max-wide:flex-nowrap max-wide:overflow-x-auto max-wide:px-gutter max-wide:py-1";

/** Filters that nobody chooses from a list: they come with a link, and each is a link that takes it away. */
const Removable = ({ given, view }: { readonly given: GivenFilters; readonly view: ListView }): ReactNode => {
  const { t, time } = view;
  const shown = (["class", "field", "point", "signature", "sinceFrom", "sinceTo", "q"] as const).flatMap((name) => {
    const value = given[name];
    if (value === undefined) return [];
    const text = name === "sinceFrom" || name === "sinceTo" ? time(Date.parse(value)) : value;
    return [{ name, value: text, change: { [name]: null } }];
  });
  const without = (given["without"] ?? "").split(",");
  const none = (["class", "field", "system", "point", "signature"] as const)
    .filter((name) => without.includes(name) && given[name] === undefined)
    .map((name) => {
      const left = without.filter((each) => each !== name).join(",");
      return { name, value: t("none_of"), change: { without: left === "" ? null : left } };
    });
  const closed =
    given["closed"] === "true" ? [{ name: "closed" as const, value: t("yes"), change: { closed: null } }] : [];
  return [...closed, ...shown, ...none].map(({ name, value, change }) => {
    const text = t("filter", { name: t(name === "q" ? "key_form" : name), value });
    return (
      <Link
        key={name}
        className="chip max-w-80"
        aria-current="true"
        aria-label={t("remove", { filter: text })}
        href={listHref(given, change)}
        title={text}
      >
        <span className="truncate">{text}</span>
        <Icon name="cross" size={12} />
      </Link>
    );
  });
};

/** What the list is narrowed to: the span of time, choices of flow, place and cause, states, and what a link brought along. */
export const FilterBar = ({
  question,
  options,
  view,
}: {
  readonly question: ListQuestion;
  readonly options: JourneyList["options"];
  readonly view: ListView;
}): ReactNode => {
  const { t, states } = view;
  const { given } = question;
  const chosen = statesOf(given);
  const toggled = (state: JourneyState): string | null => {
    const left = chosen.includes(state) ? chosen.filter((each) => each !== state) : [...chosen, state];
    return left.length === 0 ? null : left.join(",");
  };
  return (
    <div className="mt-3 grid gap-2 max-wide:gap-0">
      <nav aria-label={t("filters")} className={bar}>
        <FilterChoices question={question} options={options} view={view} />
        <Removable given={given} view={view} />
        {Object.keys(given).some((name) => name !== "cursor" && name !== "asOf") ? (
          <Link className="chip border-transparent text-ink-2" href="/journeys">
            {t("clear")}
          </Link>
        ) : null}
      </nav>
      <nav aria-label={t("states")} className={bar}>
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
        {given["closed"] === "true" ? null : (
          <Link className="chip" href={listHref(given, { closed: "true" })} prefetch={false}>
            <Icon name="check" size={13} />
            {t("closed")}
          </Link>
        )}
      </nav>
    </div>
  );
};
