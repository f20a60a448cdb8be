"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useClock } from "#components/message/text-provider.tsx";
import { FilterBar } from "#components/journeys/filter-bar.tsx";
import { listHref, type GivenFilters } from "#components/journeys/list-href.ts";
import { StateBadge } from "#components/ui/state-badge.tsx";
import { Time } from "#components/ui/time.tsx";
import type { JourneyLine, JourneyList } from "#lib/search/journey-list.ts";
import { recordPath } from "#lib/search/search-answer.ts";
import { durationText } from "#lib/time-text/duration-text.ts";
import { zoneText } from "#lib/time-text/time-text.ts";

const Line = ({ line }: { readonly line: JourneyLine }): ReactNode => {
  const reasons = useTranslations("reason");
  const { language } = useClock();
  const { fromName, stepName, reason, field } = line;
  return (
    <tr>
      <td>
        <Link className="row-link font-medium" href={recordPath(line.primaryType, line.primary)} prefetch={false}>
          {line.primary}
        </Link>
      </td>
      <td className="cell-state">
        <StateBadge
          state={line.state}
          {...(line.lateByMs === null ? {} : { extra: durationText(line.lateByMs, language) })}
        />
      </td>
      <td className="cell-wide text-ink-2">
        {stepName === null ? "–" : fromName === null ? stepName : `${fromName} → ${stepName}`}
      </td>
      <td className="cell-wide text-ink-2">
        <span>
          {reason === null ? "–" : reasons(reason)} {field === null ? null : <code>{field}</code>}
        </span>
      </td>
      <td className="cell-left text-ink-2">{line.flowName}</td>
      <td className="cell-right text-right">
        <Time at={line.startedAt} />
      </td>
    </tr>
  );
};

/** The list of records with the filters of its address. */
export const JourneyListView = ({
  list,
  given,
  hasBadCursor = false,
}: {
  readonly list: JourneyList;
  readonly given: GivenFilters;
  readonly hasBadCursor?: boolean;
}): ReactNode => {
  const t = useTranslations("journeys");
  const { timeZone, now } = useClock();
  const { lines, next, count } = list;
  const isAlike = given["reason"] !== undefined && given["step"] !== undefined;
  const title = count === null ? t("titleMore") : t(isAlike ? "titleAlike" : "titleCount", { count });
  return (
    <>
      <h1 className="text-24 leading-tight font-bold tracking-[-0.01em]">{title}</h1>
      <FilterBar given={given} names={list.names} />
      {hasBadCursor ? <output className="mt-3 block text-13 text-ink-2">{t("badCursor")}</output> : null}
      {lines.length === 0 ? (
        <p className="mt-6 text-ink-2">{t("none")}</p>
      ) : (
        <table className="list-table mt-3">
          <caption className="sr-only">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{t("key")}</th>
              <th scope="col">{t("state")}</th>
              <th scope="col">{t("where")}</th>
              <th scope="col">{t("why")}</th>
              <th scope="col">{t("flow")}</th>
              <th scope="col" className="text-right" aria-sort="descending">
                {t("started")} ↓ · {zoneText(timeZone, now)}
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <Line key={JSON.stringify([line.flow, line.primary])} line={line} />
            ))}
          </tbody>
        </table>
      )}
      <p className="mt-4 flex gap-2">
        {given["cursor"] === undefined ? null : (
          <Link className="btn" href={listHref(given, { cursor: null })}>
            {t("first")}
          </Link>
        )}
        {next === null ? null : (
          <Link className="btn" href={listHref(given, { cursor: next })} prefetch={false}>
            {t("next", { count: 50 })}
          </Link>
        )}
      </p>
    </>
  );
};
