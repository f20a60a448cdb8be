import Link from "next/link";
import type { ReactNode } from "react";
import { FlowFacts } from "#components/flows/flow-facts.tsx";
import { flowPathLayout } from "#components/flows/flow-path.ts";
import { FlowRail } from "#components/flows/flow-rail.tsx";
import { flowViewOf, recordsHref } from "#components/flows/flow-view.ts";
import { HopTable } from "#components/flows/hop-table.tsx";
import { ProblemFiles } from "#components/flows/problem-files.tsx";
import { SourceText } from "#components/flows/source-text.tsx";
import { StateCounts } from "#components/flows/state-counts.tsx";
import { VersionList } from "#components/flows/version-list.tsx";
import { PeriodMenu } from "#components/period/period-menu.tsx";
import type { FlowFigures } from "#lib/flow/flow-figures.ts";
import type { Period, Preset } from "#lib/period/period.ts";
import type { Clock } from "#lib/time-text/time-text.ts";
import { PageLive } from "#components/shell/page-live.tsx";

export interface FlowQuestion {
  /** As they stand in the address. */
  readonly given: Readonly<Record<string, string>>;
  readonly range: Preset | "custom";
  readonly period: Period;
}

/** One flow: its path with figures, its versions, its source. */
export const FlowPage = ({
  figures,
  asked,
  clock,
}: {
  readonly figures: FlowFigures;
  readonly asked: FlowQuestion;
  readonly clock: Clock;
}): ReactNode => {
  const view = flowViewOf(clock);
  const { t } = view;
  const { flow, name, stops } = figures;
  const path = `/flows/${flow}`;
  const href = (change: Readonly<Record<string, string | null>>): string => {
    const query = new URLSearchParams(asked.given);
    for (const [part, value] of Object.entries(change)) {
      if (value === null) query.delete(part);
      else query.set(part, value);
    }
    return query.size === 0 ? path : `${path}?${query.toString()}`;
  };
  const { from: _from, to: _to, range: _range, ...kept } = asked.given;
  return (
    <article aria-labelledby="flow">
      <p className="text-13">
        <Link className="link" href="/flows">
          {t("back")}
        </Link>
      </p>
      <PageLive />
      <h1 id="flow" className="mt-2 text-24 leading-tight font-bold tracking-[-0.01em] break-words">
        {name}
      </h1>
      <p className="mt-1.5 flex flex-wrap items-center gap-x-4 gap-y-1 text-13">
        <StateCounts flow={flow} counts={figures.counts} view={view} />
        <Link className="link" href={recordsHref({ flow })} prefetch={false}>
          {t("list")}
        </Link>
      </p>
      <FlowFacts figures={figures} view={view} />
      <ProblemFiles problems={figures.problems} shown={null} view={view} />
      <section aria-labelledby="path" className="mt-7">
        <div className="section-head">
          <h2 id="path">{t("path")}</h2>
          <span className="text-13 text-ink-3 max-wide:hidden">{t("pathSub")}</span>
          <span className="ml-auto">
            <PeriodMenu chosen={asked.range} period={asked.period} clock={clock} path={path} kept={kept} href={href} />
          </span>
        </div>
        <div className="max-wide:hidden">
          <FlowRail
            flow={flow}
            layout={flowPathLayout(figures)}
            label={t("pathLabel", { flow: name, count: stops.length })}
            view={view}
          />
        </div>
        <HopTable figures={figures} view={view} />
      </section>
      <VersionList figures={figures} href={href} view={view} />
      <section aria-labelledby="source" className="mt-8">
        <div className="section-head mb-3">
          <h2 id="source">{t("source")}</h2>
          <span className="text-13 text-ink-3">{t("sourceSub", { version: figures.shown.version.slice(0, 10) })}</span>
        </div>
        <SourceText text={figures.shown.text} label={t("source")} problems={[]} />
      </section>
    </article>
  );
};
