"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { colourOf, Glyph, glyphOf } from "#components/ui/glyph.tsx";
import { journeyStates, type JourneyState } from "#lib/journey/judgement.ts";
import type { FlowOverview, StateCounts } from "#lib/search/overview.ts";

const worstFirst: readonly JourneyState[] = [
  "failed",
  "overdue",
  "unknown",
  "completed_late",
  "in_progress",
  "completed",
];

const listHref = (query: Record<string, string>): string => `/journeys?${new URLSearchParams(query).toString()}`;

/** Flows with their records by state; each figure leads to its list. */
export const FlowList = ({
  flows,
  totals,
  total,
}: {
  readonly flows: readonly FlowOverview[];
  readonly totals: StateCounts;
  readonly total: number;
}): ReactNode => {
  const t = useTranslations("search");
  const states = useTranslations("state");
  return (
    <section aria-labelledby="flows-now" className="max-wide:mt-8">
      <div className="section-head">
        <h2 id="flows-now">{t("flows")}</h2>
        <span className="text-13 text-ink-3">{t("flowsSub", { count: total })}</span>
      </div>
      <ul>
        {flows.map(({ flow, name, counts, total: own }) => (
          <li key={flow} className="border-b border-line py-[9px]">
            <h3 className="font-bold">
              <Link href={listHref({ flow })} prefetch={false} className="hover:underline">
                {name}
              </Link>{" "}
              <span className="text-13 font-regular text-ink-3">{own.toLocaleString("en")}</span>
            </h3>
            <p className="flex flex-wrap gap-x-3 gap-y-0.5 text-13">
              {worstFirst
                .filter((state) => counts[state] > 0)
                .map((state) => (
                  <Link
                    key={state}
                    href={listHref({ flow, state })}
                    prefetch={false}
                    className={`inline-flex items-center gap-1 hover:underline min-h-6 max-wide:min-h-11 ${colourOf(glyphOf(state))}`}
                  >
                    <Glyph name={glyphOf(state)} size={12} />
                    {states(state)} {counts[state].toLocaleString("en")}
                  </Link>
                ))}
            </p>
          </li>
        ))}
      </ul>
      {total === 0 ? null : (
        <p className="mt-2.5 text-13 text-ink-3">
          {journeyStates
            .filter((state) => totals[state] > 0)
            .map((state) => `${states(state)} ${totals[state].toLocaleString("en")}`)
            .join(" · ")}
        </p>
      )}
    </section>
  );
};
