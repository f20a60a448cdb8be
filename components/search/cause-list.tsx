"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useClock } from "#components/message/text-provider.tsx";
import { Glyph } from "#components/ui/glyph.tsx";
import type { Cause, StateCounts } from "#lib/search/overview.ts";
import { timeText } from "#lib/time-text/time-text.ts";

const CauseRow = ({ cause }: { readonly cause: Cause }): ReactNode => {
  const t = useTranslations("search");
  const reasons = useTranslations("reason");
  const states = useTranslations("state");
  const clock = useClock();
  const [first, last] = [timeText(cause.firstAt, clock), timeText(cause.lastAt, clock)];
  const { owner } = cause;
  return (
    <li className="border-b border-line">
      <Link
        href={cause.href}
        prefetch={false}
        className="grid grid-cols-[22px_minmax(32px,auto)_minmax(0,1fr)_auto] items-start gap-x-2 py-[11px] hover:bg-hover max-wide:grid-cols-[20px_minmax(28px,auto)_minmax(0,1fr)]"
      >
        <span className="pt-0.5">
          <Glyph name={cause.state} />
          <span className="sr-only">{states(cause.state)}</span>
        </span>
        <span
          className={`pr-1.5 text-right text-16 leading-[1.35] font-bold ${cause.state === "unknown" ? "text-unknown" : ""}`}
        >
          {cause.count}
        </span>
        <span>
          <span className="block font-bold">
            {reasons(cause.reason)}
            {cause.field === null ? null : (
              <>
                {" "}
                <code className="font-medium wrap-anywhere">{cause.field}</code>
              </>
            )}
            <span className="font-regular text-ink-2">
              {" · "}
              {cause.fromName === null ? cause.stepName : `${cause.fromName} → ${cause.stepName}`}
            </span>
          </span>
          <span className="block text-13 text-ink-3">
            {cause.flowName} · {cause.count === 1 ? first : t("since", { first, last })}
          </span>
        </span>
        {owner === null ? null : (
          <span className="text-right text-13 whitespace-nowrap text-ink-2 max-wide:col-start-3 max-wide:text-left">
            {owner.team}
            <small className="block text-12 text-ink-3 max-wide:ml-2 max-wide:inline">{t(owner.role)}</small>
          </span>
        )}
      </Link>
    </li>
  );
};

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
  return (
    <section aria-labelledby="needs-action">
      <div className="section-head">
        <h2 id="needs-action">{t("needsAction", { count: broken })}</h2>
        {named === 0 ? null : <span className="text-13 text-ink-3">{t("causes", { count: named })}</span>}
        {broken === 0 ? null : (
          <Link className="link ml-auto text-13" href="/journeys?state=failed,overdue" prefetch={false}>
            {t("allBroken")}
          </Link>
        )}
      </div>
      {broken === 0 && totals.unknown === 0 ? (
        <p className="py-3 text-ink-2">{t("allOnTime", { count: total })}</p>
      ) : null}
      <ul>
        {causes.map((cause) => (
          <CauseRow key={cause.href} cause={cause} />
        ))}
      </ul>
    </section>
  );
};
