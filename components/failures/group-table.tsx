import Link from "next/link";
import type { ReactNode } from "react";
import { failuresHref } from "#components/failures/failures-href.ts";
import { GroupDetailPanel } from "#components/failures/group-detail.tsx";
import type { View } from "#components/failures/view.ts";
import type { GivenFilters } from "#components/journeys/list-href.ts";
import { Glyph } from "#components/ui/glyph.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Time } from "#components/ui/time.tsx";
import type { FailuresView, GroupLine } from "#lib/failure/failures-view.ts";

const Row = ({
  group,
  isOpen,
  given,
  view,
}: {
  readonly group: GroupLine;
  readonly isOpen: boolean;
  readonly given: GivenFilters;
  readonly view: View;
}): ReactNode => {
  const { t, states, reasons } = view;
  return (
    <tr className={isOpen ? "bg-sunken shadow-[inset_2px_0_0_var(--ink)]" : ""} id={`group-${group.id}`}>
      <td className="row-key">
        <Link
          className="row-link flex items-start gap-1.5"
          href={`${failuresHref(given, { open: isOpen ? null : group.id })}#group-${group.id}`}
          prefetch={false}
          scroll={false}
          aria-expanded={isOpen}
          aria-labelledby={`cause-${group.id}`}
        >
          <span className="mt-px flex flex-none items-center gap-1">
            <Icon name={isOpen ? "down" : "right"} size={14} />
            <Glyph name={group.state} size={14} />
          </span>
          <span id={`cause-${group.id}`}>
            <b>{reasons(group.reason)}</b> {group.field === null ? null : <code>{group.field}</code>}
            {group.signature === null ? null : (
              <span className="block text-12 text-ink-3 wrap-anywhere">{group.signature}</span>
            )}
            <span className="sr-only">
              {` ${states(group.state)}, ${t("facetCount", { count: group.count })}. ${t(isOpen ? "close" : "open")}`}
            </span>
          </span>
        </Link>
      </td>
      <td className="cell-wide text-ink-2">
        {view.hopText(group)}
        <span className="block text-12 text-ink-3 max-wide:inline"> {group.flowName}</span>
      </td>
      <td className="cell-state text-right text-16 font-bold">{group.count}</td>
      <td className="text-right text-ink-2 max-wide:hidden">
        <Time at={group.firstAt} />
      </td>
      <td className="text-right text-ink-2 max-wide:hidden">
        <Time at={group.lastAt} />
      </td>
      <td className="cell-wide text-ink-2">
        {group.owner === null ? (
          <span className="max-wide:hidden">–</span>
        ) : (
          <>
            {group.owner.team} <span className="text-12 text-ink-3">{t(`role.${group.owner.role}`)}</span>
          </>
        )}
      </td>
    </tr>
  );
};

/** What failed alike, most first; the open row says what sets its records apart. */
export const GroupTable = ({
  failures,
  given,
  view,
}: {
  readonly failures: FailuresView;
  readonly given: GivenFilters;
  readonly view: View;
}): ReactNode => {
  const { t } = view;
  const { groups, open, omittedGroups } = failures;
  return (
    <>
      <table className="list-table groups">
        <caption className="sr-only">{t("groups")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("cause")}</th>
            <th scope="col">{t("hop")}</th>
            <th scope="col" className="text-right" aria-sort="descending">
              {t("records")} ↓
            </th>
            <th scope="col" className="text-right">
              {t("first")}
            </th>
            <th scope="col" className="text-right">
              {t("last")}
            </th>
            <th scope="col">{t("owner")}</th>
          </tr>
        </thead>
        {groups.map((group) => (
          <tbody key={group.id}>
            <Row group={group} isOpen={open?.group.id === group.id} given={given} view={view} />
            {open?.group.id === group.id ? (
              <tr className="detail-row">
                <td colSpan={6} className="bg-sunken">
                  <GroupDetailPanel group={group} detail={open.detail} view={view} />
                </td>
              </tr>
            ) : null}
          </tbody>
        ))}
      </table>
      {omittedGroups === 0 ? null : <p className="mt-2 text-13 text-ink-3">{t("omitted", { count: omittedGroups })}</p>}
    </>
  );
};
