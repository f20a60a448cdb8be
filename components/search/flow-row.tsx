"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Spark } from "#components/charts/spark.tsx";
import type { SparkLine } from "#components/charts/spark-line.ts";
import { useClock } from "#components/message/text-provider.tsx";
import { colourOf, Glyph, glyphOf } from "#components/ui/glyph.tsx";
import type { JourneyState } from "#lib/journey/judgement.ts";
import type { HopHealth } from "#lib/search/flow-health.ts";
import type { FlowOverview } from "#lib/search/overview.ts";
import { durationText } from "#lib/time-text/duration-text.ts";

const problemStates: readonly JourneyState[] = ["failed", "overdue", "unknown"];

const listHref = (query: Record<string, string>): string => `/journeys?${new URLSearchParams(query).toString()}`;

export type FlowLine = FlowOverview & { readonly spark: SparkLine | null };

const Pace = ({ health, spark }: { readonly health: HopHealth; readonly spark: SparkLine }): ReactNode => {
  const t = useTranslations("search.pace");
  const { language } = useClock();
  const { p95Ms, limitMs, fromName, stepName, count, hours } = health;
  const [p95, limit] = [durationText(p95Ms, language), durationText(limitMs, language)];
  const hop = fromName === null ? stepName : `${fromName} → ${stepName}`;
  const isOver = p95Ms > limitMs;
  return (
    <>
      <div className="pt-1 max-wide:justify-self-start">
        <Spark spark={spark}>
          <table>
            <caption>{t("label", { hop, p95, limit, count, hours: hours.length })}</caption>
            <thead>
              <tr>
                <th scope="col">{t("hour")}</th>
                <th scope="col">p95</th>
              </tr>
            </thead>
            <tbody>
              {hours.map((value, place) => {
                const ago = hours.length - 1 - place;
                return (
                  <tr key={ago}>
                    <th scope="row">{t("ago", { hours: ago })}</th>
                    <td>{value === null ? t("none") : durationText(value, language)}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </Spark>
      </div>
      <span className="min-w-24 text-right">
        <b className={isOver ? "text-overdue" : ""}>
          {isOver ? <span aria-hidden="true">▲ </span> : null}
          {p95}
        </b>
        <small className="block text-12 text-ink-3">{isOver ? t("over", { limit }) : t("of", { limit })}</small>
      </span>
      <small className="col-span-full -mt-0.5 text-right text-12 text-ink-3">{hop}</small>
    </>
  );
};

/** One flow: what began today, what is broken now, and how near its slowest hop is to its limit. */
export const FlowRow = ({ line }: { readonly line: FlowLine }): ReactNode => {
  const t = useTranslations("search");
  const states = useTranslations("state");
  const { flow, name, counts, total, today, health, spark } = line;
  const problems = problemStates.filter((state) => counts[state] > 0);
  return (
    <li className="flex flex-wrap items-start gap-x-4 border-b border-line py-[9px]">
      <span className="min-w-0 flex-1 max-wide:basis-full">
        <h3 className="font-bold">
          <Link href={`/flows/${encodeURIComponent(flow)}`} prefetch={false} className="hover:underline">
            {name}
          </Link>
        </h3>
        <span className="block text-13 text-ink-3">
          {today.entered === 0
            ? t("noneToday")
            : t("today", { count: today.entered, completed: today.completed.toLocaleString("en") })}
        </span>
        <span className="flex flex-wrap gap-x-3 text-13">
          {problems.map((state) => (
            <Link
              key={state}
              href={listHref({ flow, state })}
              prefetch={false}
              className={`inline-flex min-h-6 items-center gap-1 hover:underline max-wide:min-h-11 ${colourOf(glyphOf(state))}`}
            >
              <Glyph name={glyphOf(state)} size={12} />
              {states(state)} {counts[state].toLocaleString("en")}
            </Link>
          ))}
          {problems.length === 0 && total > 0 ? (
            <span className="inline-flex min-h-6 items-center gap-1 text-ok">
              <Glyph name="completed" size={12} />
              {t("flowOnTime")}
            </span>
          ) : null}
        </span>
      </span>
      {health === null || spark === null ? null : (
        <div className="grid flex-none grid-cols-[auto_auto] items-start gap-x-3 max-wide:w-full max-wide:grid-cols-[1fr_auto]">
          <Pace health={health} spark={spark} />
        </div>
      )}
    </li>
  );
};
