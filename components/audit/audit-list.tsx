import Link from "next/link";
import type { ReactNode } from "react";
import { AuditFilterBar } from "#components/audit/audit-filters.tsx";
import { actionText, auditHref, auditViewOf, type AuditQuestion } from "#components/audit/audit-view.ts";
import { SettingsHead } from "#components/settings/settings-head.tsx";
import { PageLive } from "#components/shell/page-live.tsx";
import type { AuditLine } from "#lib/audit/audit-action.ts";
import type { Clock } from "#lib/time-text/time-text.ts";
import { fullTimeText, timeText, zoneText } from "#lib/time-text/time-text.ts";

/** What people did and looked at, newest first. `chain`: whether the entries are as they were written. */
export const AuditList = ({
  lines,
  next,
  asked,
  hasBadCursor,
  chain,
  clock,
}: {
  readonly lines: readonly AuditLine[];
  readonly next: string | null;
  readonly asked: AuditQuestion;
  readonly hasBadCursor: boolean;
  readonly chain: ReactNode;
  readonly clock: Clock;
}): ReactNode => {
  const view = auditViewOf(clock);
  const { t } = view;
  const { cursor: _cursor, ...filters } = asked.given;
  return (
    <>
      <PageLive of="audit" />
      <SettingsHead title={t("title")} intro={t("intro")}>
        <a className="btn" href={`/api/console/audit.csv?${new URLSearchParams(filters).toString()}`} download>
          {t("export")}
        </a>
      </SettingsHead>
      {chain}
      <AuditFilterBar asked={asked} clock={clock} view={view} />
      {hasBadCursor ? <output className="mt-3 block text-13 text-ink-2">{t("badCursor")}</output> : null}
      {lines.length === 0 ? (
        <p className="mt-6 text-ink-2">{t("none")}</p>
      ) : (
        <table className="list-table mt-3">
          <caption className="sr-only">{t("title")}</caption>
          <thead>
            <tr>
              <th scope="col" aria-sort="descending">
                {t("time")} ↓ · {zoneText(clock.timeZone, clock.now)}
              </th>
              <th scope="col">{t("who")}</th>
              <th scope="col">{t("action")}</th>
              <th scope="col">{t("object")}</th>
              <th scope="col">{t("detail")}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={`${line.process} ${line.sequence}`}>
                <td className="whitespace-nowrap">
                  <time dateTime={new Date(line.at).toISOString()} title={fullTimeText(line.at, clock.timeZone)}>
                    {timeText(line.at, clock)}
                  </time>
                </td>
                <td className="cell-state">
                  <Link className="hover:underline" href={auditHref(asked.given, { by: line.by })} prefetch={false}>
                    {line.by}
                  </Link>
                </td>
                <td className="cell-wide font-medium">
                  {actionText(line.action, view)}
                  {line.result === "done" ? null : (
                    <span className="font-regular text-failed"> · {t(line.result)}</span>
                  )}
                </td>
                <td className="cell-wide">
                  <code>{line.object}</code>
                </td>
                <td className="cell-wide text-12 text-ink-3">
                  <span className="line-clamp-3">{line.detail}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className="mt-4 flex gap-2">
        {asked.given["cursor"] === undefined ? null : (
          <Link className="btn" href={auditHref(asked.given, {})}>
            {t("first")}
          </Link>
        )}
        {next === null ? null : (
          <Link className="btn" href={auditHref(asked.given, { cursor: next })} prefetch={false}>
            {t("next", { count: 50 })}
          </Link>
        )}
      </p>
    </>
  );
};
