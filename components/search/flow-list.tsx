"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { FlowRow, type FlowLine } from "#components/search/flow-row.tsx";
import { journeyStates } from "#lib/journey/judgement.ts";
import type { StateCounts } from "#lib/search/overview.ts";

/** Flows with today's health; each figure leads to its list. */
export const FlowList = ({
  flows,
  totals,
  total,
  isHealthMissing,
  mayDeclare,
}: {
  readonly flows: readonly FlowLine[];
  readonly totals: StateCounts;
  readonly total: number;
  readonly isHealthMissing: boolean;
  readonly mayDeclare: boolean;
}): ReactNode => {
  const t = useTranslations("search");
  const states = useTranslations("state");
  const entered = flows.reduce((sum, { today }) => sum + today.entered, 0);
  return (
    <section aria-labelledby="flows-now" className="max-wide:mt-8">
      <div className="section-head">
        <h2 id="flows-now">{t("flows")}</h2>
        <span className="text-13 text-ink-3">{t("flowsSub", { count: entered })}</span>
        <span className="ml-auto text-13 text-ink-3 max-wide:hidden">{t("pace.head")}</span>
      </div>
      {isHealthMissing ? <p className="py-2 text-13 text-unknown">{t("pace.missing")}</p> : null}
      <ul>
        {flows.map((line) => (
          <FlowRow key={line.flow} line={line} />
        ))}
      </ul>
      {total === 0 ? null : (
        <p className="mt-2.5 text-13 text-ink-3">
          {t("kept", { count: total })}
          {journeyStates
            .filter((state) => totals[state] > 0)
            .map((state) => `${states(state)} ${totals[state].toLocaleString("en")}`)
            .join(" · ")}
        </p>
      )}
      {mayDeclare ? (
        <p className="mt-2 text-13">
          <Link className="link inline-flex min-h-6 items-center max-wide:min-h-11" href="/start" prefetch={false}>
            {t("another")}
          </Link>
        </p>
      ) : null}
    </section>
  );
};
