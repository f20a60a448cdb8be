import type { ReactNode } from "react";
import { filtersOf, listHref, type GivenFilters, type ListQuestion } from "#components/journeys/list-href.ts";
import type { ListView } from "#components/journeys/list-view.ts";
import { PeriodMenu } from "#components/period/period-menu.tsx";
import { ChoiceLink } from "#components/ui/choice-link.tsx";
import { Popover } from "#components/ui/popover.tsx";
import { reasons as allReasons } from "#lib/journey/judgement.ts";
import type { JourneyList, NamedOption } from "#lib/search/journey-list.ts";

/** One filter with what it can be: a chip that says what it is. */
const Choice = ({
  name,
  given,
  options,
  view,
  changeOf,
}: {
  readonly name: "flow" | "step" | "reason" | "system";
  readonly given: GivenFilters;
  readonly options: readonly NamedOption[];
  readonly view: ListView;
  readonly changeOf: (id: string | null) => Readonly<Record<string, string | null>>;
}): ReactNode => {
  const { t } = view;
  const value = given[name];
  const any = t("any", { name: t(name) });
  const chosen = options.find(({ id }) => id === value)?.name ?? value;
  return (
    <Popover
      text={chosen === undefined ? any : t("filter", { name: t(name), value: chosen })}
      isSet={chosen !== undefined}
    >
      <ChoiceLink isChosen={value === undefined} href={listHref(given, changeOf(null))}>
        {any}
      </ChoiceLink>
      {options.map(({ id, name: text }) => (
        <ChoiceLink key={id} isChosen={id === value} href={listHref(given, changeOf(id))}>
          {text}
        </ChoiceLink>
      ))}
    </Popover>
  );
};

/** The span of time and the filters that are chosen from lists. */
export const FilterChoices = ({
  question,
  options,
  view,
}: {
  readonly question: ListQuestion;
  readonly options: JourneyList["options"];
  readonly view: ListView;
}): ReactNode => {
  const { given, period, range } = question;
  const { range: _range, from: _from, to: _to, ...kept } = filtersOf(given);
  const reasons = allReasons.map((id) => ({ id, name: view.reasons(id) }));
  const choice = { given, view };
  return (
    <>
      <PeriodMenu
        chosen={range}
        period={period}
        clock={view.clock}
        path="/journeys"
        kept={kept}
        href={(change) => listHref(given, change)}
        anyText={view.t("anyTime")}
      />
      <Choice {...choice} name="flow" options={options.flows} changeOf={(flow) => ({ flow, step: null })} />
      <Choice {...choice} name="step" options={options.steps} changeOf={(step) => ({ step })} />
      <Choice {...choice} name="reason" options={reasons} changeOf={(reason) => ({ reason })} />
      <Choice {...choice} name="system" options={options.systems} changeOf={(system) => ({ system })} />
    </>
  );
};
