"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { CauseRow } from "#components/search/cause-row.tsx";
import type { Cause, StateCounts } from "#lib/search/overview.ts";

/** What needs action, largest cause first; what nothing can be told of stands last and is not counted. */
export const CauseList = ({
  causes,
  totals,
  total,
}: {
  readonly causes: readonly Cause[];
  readonly totals: StateCounts;
  readonly total: number;
}): ReactNode => {
  const t = useTranslations("search");
  const broken = totals.failed + totals.overdue;
  const named = causes.filter(({ state }) => state !== "unknown").length;
  const rest = broken - causes.reduce((sum, { state, count }) => sum + (state === "unknown" ? 0 : count), 0);
  return (
    <section aria-labelledby="needs-action">
      <div className="section-head">
        <h2 id="needs-action">{t("needsAction", { count: broken })}</h2>
        {named === 0 ? null : <span className="text-13 text-ink-3">{t("causes", { count: named })}</span>}
        {broken === 0 ? null : (
          <Link className="link ml-auto text-13" href="/failures" prefetch={false}>
            {t("allBroken")}
          </Link>
        )}
      </div>
      {broken === 0 ? (
        <p className="py-3 text-ink-2">
          {totals.unknown === 0 ? t("allOnTime", { count: total }) : t("noneBroken", { count: totals.unknown })}
        </p>
      ) : null}
      <ul>
        {causes.map((cause) => (
          <CauseRow key={cause.href} cause={cause} />
        ))}
      </ul>
      {rest > 0 ? (
        <Link className="link mt-2.5 inline-block text-13" href="/failures" prefetch={false}>
          {t("otherCauses", { count: rest })}
        </Link>
      ) : null}
    </section>
  );
};
