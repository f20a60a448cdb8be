import Link from "next/link";
import type { ReactNode } from "react";
import { DifferenceList } from "#components/failures/difference-list.tsx";
import { OwnerLinks } from "#components/failures/owner-links.tsx";
import type { View } from "#components/failures/view.ts";
import { InlineCode } from "#components/record/inline-code.tsx";
import { StateBadge } from "#components/ui/state-badge.tsx";
import { Time } from "#components/ui/time.tsx";
import type { GroupDetail, GroupLine } from "#lib/failure/failures-view.ts";
import { recordPath } from "#lib/search/search-answer.ts";

const heading = "mb-1.5 text-12 font-medium text-ink-3";

/** The change just before, with the rule that found it. */
const ChangeNote = ({
  group,
  detail,
  view,
}: {
  readonly group: GroupLine;
  readonly detail: GroupDetail;
  readonly view: View;
}): ReactNode => {
  const { t } = view;
  const { change, firstEverAt } = detail;
  if (change === null) return <p className="text-13 text-ink-2">{t("detail.noChange")}</p>;
  const told = t("detail.changed", {
    name: change.name,
    value: change.value,
    before: change.before,
    step: view.named(change.stepName),
    time: view.time(change.at),
  });
  const aheadMs = firstEverAt - change.at;
  return (
    <>
      <p className="text-14 leading-read">
        <InlineCode text={told} />
        {aheadMs > 0 && group.state === "failed" ? (
          <span className="text-ink-2"> · {t("detail.changeBefore", { duration: view.duration(aheadMs) })}</span>
        ) : null}
      </p>
      <p className="mt-1 text-12 text-ink-3">{t("detail.rule")}</p>
    </>
  );
};

const Samples = ({
  group,
  detail,
  view,
}: {
  readonly group: GroupLine;
  readonly detail: GroupDetail;
  readonly view: View;
}): ReactNode => {
  const { t } = view;
  return (
    <section>
      <h2 className={heading}>{t("detail.samples")}</h2>
      <ul>
        {detail.samples.map(({ primaryType, primary, state, since }) => (
          <li
            key={primary}
            className="flex flex-wrap items-center gap-x-4 border-b border-line py-1.5 text-13 max-wide:min-h-tap"
          >
            <Link className="link wrap-anywhere" href={recordPath(primaryType, primary)} prefetch={false}>
              {primary}
            </Link>
            <Time at={since} />
            <span className="ml-auto">
              <StateBadge state={state} />
            </span>
          </li>
        ))}
      </ul>
      <p className="mt-3">
        <Link className="btn" href={group.href} prefetch={false}>
          {t("detail.listAll", { count: group.count })}
        </Link>
      </p>
    </section>
  );
};

/** What the open row says: what is different about these records, what came just before, who to ask, and the newest of them. */
export const GroupDetailPanel = ({
  group,
  detail,
  view,
}: {
  readonly group: GroupLine;
  readonly detail: GroupDetail;
  readonly view: View;
}): ReactNode => {
  const { t } = view;
  const isUnknown = group.state === "unknown";
  return (
    <div className="grid grid-cols-[minmax(0,3fr)_minmax(0,2fr)] gap-x-10 gap-y-5 pt-1 pr-4 pb-3 pl-6 max-wide:grid-cols-1 max-wide:px-0">
      <div className="grid content-start gap-5">
        {isUnknown ? (
          <p className="leading-read text-ink-2">{t("detail.silent")}</p>
        ) : (
          <>
            <section>
              <h2 className={heading}>{t("detail.apart")}</h2>
              {group.reason === "unknown_error" ? (
                <p className="mb-2 text-13 text-ink-2">{t("detail.noCause")}</p>
              ) : null}
              {detail.comparison === null ? (
                <p className="text-13 text-ink-2">{t("detail.notYours")}</p>
              ) : (
                <DifferenceList comparison={detail.comparison} state={group.state} view={view} />
              )}
            </section>
            {detail.comparison === null ? null : (
              <section>
                <h2 className={heading}>{t("detail.change")}</h2>
                <ChangeNote group={group} detail={detail} view={view} />
              </section>
            )}
          </>
        )}
      </div>
      <div className="grid content-start gap-5">
        <Samples group={group} detail={detail} view={view} />
        <section>
          <h2 className={heading}>{t(isUnknown ? "detail.ownersWatch" : "detail.owners")}</h2>
          <OwnerLinks group={group} owners={detail.owners} view={view} />
        </section>
      </div>
    </div>
  );
};
