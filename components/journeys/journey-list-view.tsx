import Link from "next/link";
import type { ReactNode } from "react";
import { FilterBar } from "#components/journeys/filter-bar.tsx";
import { JourneyRow } from "#components/journeys/journey-row.tsx";
import { filtersOf, listHref, type GivenFilters, type ListQuestion } from "#components/journeys/list-href.ts";
import { listViewOf, type ListView } from "#components/journeys/list-view.ts";
import { NewerLine } from "#components/journeys/newer-line.tsx";
import { CopyButton } from "#components/record/copy-button.tsx";
import { RowKeys } from "#components/ui/row-keys.tsx";
import { exportLimit, type JourneyList } from "#lib/search/journey-list.ts";
import type { Clock } from "#lib/time-text/time-text.ts";

const isUnjudged = (reason: string): boolean => reason === "source_silent" || reason === "waiting_for_link";

const titleOf = ({ count }: JourneyList, given: GivenFilters, { t }: ListView): string => {
  if (count === null) return t("titleMore");
  if (count.isMore) return t("titleOver", { count: count.count });
  // of what can't be judged nobody says that it fails
  const isAlike = given["step"] !== undefined && given["reason"] !== undefined && !isUnjudged(given["reason"]);
  return t(isAlike ? "titleAlike" : "titleCount", { count: count.count });
};

/** Nothing to list: because nothing was seen yet, or because of what is asked. */
const Nothing = ({
  given,
  range,
  view,
}: {
  readonly given: GivenFilters;
  readonly range: ListQuestion["range"];
  readonly view: ListView;
}): ReactNode => {
  const { t } = view;
  const isAsked = Object.keys(given).length > 0;
  return (
    <p className="mt-6 text-ink-2">
      {isAsked ? t(range === "any" ? "none" : "noneInTime") : `${t("noneYet")} ${t("noneYetNext")}`}{" "}
      <Link className="link" href={isAsked ? "/journeys" : "/"}>
        {isAsked ? t("clear") : t("toOverview")}
      </Link>
    </p>
  );
};

const Rows = ({
  list,
  title,
  view,
}: {
  readonly list: JourneyList;
  readonly title: string;
  readonly view: ListView;
}): ReactNode => {
  const { t } = view;
  return (
    <table className="list-table two-lines mt-3">
      <caption className="sr-only">
        {title}. {t("caption")}
      </caption>
      <thead>
        <tr>
          <th scope="col">{t("key")}</th>
          <th scope="col">{t("state")}</th>
          <th scope="col">{t("where")}</th>
          <th scope="col">{t("why")}</th>
          <th scope="col">{t("flow")}</th>
          <th scope="col" className="text-right" aria-sort="descending">
            {t("started")} ↓
          </th>
        </tr>
      </thead>
      <tbody>
        {list.lines.map((line) => (
          <JourneyRow key={JSON.stringify([line.flow, line.primary])} line={line} view={view} />
        ))}
      </tbody>
    </table>
  );
};

/** The list of records with the filters of its address. */
export const JourneyListView = ({
  list,
  question,
  clock,
  publicUrl,
}: {
  readonly list: JourneyList;
  readonly question: ListQuestion;
  readonly clock: Clock;
  readonly publicUrl: string;
}): ReactNode => {
  const view = listViewOf(clock);
  const { t } = view;
  const { lines, next, count } = list;
  const { given, range, asOf } = question;
  const title = titleOf(list, given, view);
  const isCut = count === null || count.isMore;
  return (
    <>
      <div className="flex flex-wrap items-start gap-x-2 gap-y-2">
        <div className="mr-auto min-w-0 flex-1">
          <h1 className="text-24 leading-tight font-bold tracking-[-0.01em]">{title}</h1>
          <div className="mt-1 flex flex-wrap gap-x-4 text-13">
            <span className="text-ink-3">{t("asOf", { time: view.time(asOf), zone: view.zone })}</span>
            {given["cursor"] === undefined ? <News list={list} question={question} view={view} /> : null}
          </div>
        </div>
        <span className="max-wide:hidden">
          <CopyButton
            text={`${publicUrl}${listHref(given, {})}`}
            label={t("copyLink")}
            copiedLabel={t("copied")}
            failedLabel={t("copyFailed")}
            icon="link"
          />
        </span>
        <a className="btn" href={exportHref(question)} download aria-label={t("csvLabel")}>
          {isCut ? t("csvCut", { limit: exportLimit }) : t("csv")}
        </a>
      </div>
      <FilterBar question={question} options={list.options} view={view} />
      {question.hasBadCursor ? <output className="mt-3 block text-13 text-ink-2">{t("badCursor")}</output> : null}
      {lines.length === 0 ? (
        <Nothing given={filtersOf(given)} range={range} view={view} />
      ) : (
        <Rows list={list} title={title} view={view} />
      )}
      <p className="mt-4 flex flex-wrap items-center gap-2">
        {given["cursor"] === undefined ? null : (
          <Link className="btn" href={listHref(given, {})}>
            {t("first")}
          </Link>
        )}
        {next === null ? null : (
          <Link
            className="btn"
            href={listHref(given, { cursor: next, asOf: new Date(asOf).toISOString() })}
            prefetch={false}
          >
            {t("next", { count: 50 })}
          </Link>
        )}
        {lines.length === 0 ? null : <span className="ml-auto text-12 text-ink-3 max-wide:hidden">{t("keys")}</span>}
      </p>
      <RowKeys />
    </>
  );
};

/** The same question as a file; a span up to now ends where the page's does. */
const exportHref = ({ given, period: { from, to } }: ListQuestion): string => {
  const { range: _range, ...filters } = filtersOf(given);
  const times = {
    ...(from !== undefined && { from: new Date(from).toISOString() }),
    ...(to !== undefined && { to: new Date(to).toISOString() }),
  };
  return listHref({ ...filters, ...times }, {}, "/api/v1/journeys.csv");
};

const News = ({
  list: { lines, count },
  question: { given, asOf },
  view,
}: {
  readonly list: JourneyList;
  readonly question: ListQuestion;
  readonly view: ListView;
}): ReactNode => {
  const [top] = lines;
  const { t } = view;
  return (
    <NewerLine
      key={asOf}
      question={new URLSearchParams(filtersOf(given)).toString()}
      top={top === undefined ? null : { flow: top.flow, primary: top.primary, startedAt: top.startedAt }}
      count={count === null || count.isMore ? null : count.count}
      texts={{
        one: t("newerOne"),
        more: t("newerMore", { shown: "{shown}" }),
        most: t("newerMost", { shown: "{shown}" }),
        changed: t("changed"),
        show: t("showNew"),
        stale: t("stale", { time: view.time(asOf) }),
      }}
    />
  );
};
