import Link from "next/link";
import type { ReactNode } from "react";
import type { BarTone } from "#components/charts/stacked-bars.tsx";
import { FailureChart } from "#components/failures/failure-chart.tsx";
import { failuresHref } from "#components/failures/failures-href.ts";
import type { View } from "#components/failures/view.ts";
import type { GivenFilters } from "#components/journeys/list-href.ts";
import type { FailuresView, Series } from "#lib/failure/failures-view.ts";
import { fullTimeText, timeText } from "#lib/time-text/time-text.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

const toneOf = ({ kind, group }: Series, place: number): BarTone => {
  if (kind === "unknown") return "unknown";
  if (kind === "focus") return group?.state === "failed" ? "failed" : "overdue";
  return (["neutral-1", "neutral-2", "neutral-3"] as const)[Math.min(place - 1, 2)] ?? "neutral-3";
};

const swatches: Readonly<Record<BarTone, string>> = {
  failed: "bg-failed",
  overdue: "bg-overdue",
  "neutral-1": "bg-chart-1",
  "neutral-2": "bg-chart-2",
  "neutral-3": "bg-chart-3",
  unknown: "hatched",
};

/** Short, as the axis has room: `10:15`, `10`, and the day where one begins; days as `11-23`. */
const barLabel = (at: number, widthMs: number, { clock }: View): string => {
  const [day = "", time = ""] = fullTimeText(at, clock.timeZone).split(" ");
  const hour = time.slice(0, 2);
  if (widthMs < hourMs) return time.slice(0, 5);
  if (widthMs <= hourMs) return hour;
  return widthMs >= dayMs || hour === "00" ? day.slice(5) : hour;
};

/** New trouble over time: what the bars are made of, the drawing, and the same as a table. */
export const BarsOverTime = ({
  failures,
  given,
  view,
}: {
  readonly failures: FailuresView;
  readonly given: GivenFilters;
  readonly view: View;
}): ReactNode => {
  const { t } = view;
  const { bars, series, widthMs, broken, unknown, open } = failures;
  const named = series.map((each, place) => ({
    ...each,
    tone: toneOf(each, place),
    name:
      each.group === null
        ? t(each.kind === "unknown" ? "unknownSeries" : "others", { count: each.groups })
        : view.causeText(each.group),
  }));
  const totals = bars.map(({ counts }) => counts.reduce((sum, count) => sum + count, 0));
  const most = Math.max(0, ...totals);
  const peak = bars[totals.indexOf(most)];
  const [focus] = named;
  const change = open?.detail.change ?? null;
  const barAt = (time: number): number => bars.findIndex(({ at, to }) => time >= at && time < to);
  const markers = [
    ...(change === null
      ? []
      : [
          {
            bar: barAt(change.at),
            text: `${view.time(change.at)} ${change.name} = ${change.value}`,
            tone: "change" as const,
          },
        ]),
    ...failures.silences.map(({ source, since }) => ({
      bar: barAt(since),
      text: t("silence", { time: view.time(since), source }),
      tone: "silence" as const,
    })),
  ].filter(({ bar }) => bar >= 0);
  const hrefOf = ({ at, to }: { readonly at: number; readonly to: number }): string =>
    failuresHref(given, { range: null, from: new Date(at).toISOString(), to: new Date(to).toISOString() });
  const label = t("chartLabel", {
    width: view.duration(widthMs),
    total: broken + unknown,
    focus: focus?.total ?? 0,
    cause: focus?.name ?? "",
    peak: peak === undefined ? "" : timeText(peak.at, view.clock),
    most,
    unknown,
  });
  return (
    <section className="mt-5" aria-label={t("chartNote")}>
      <ul className="mb-2 flex flex-wrap gap-x-5 gap-y-1 text-13 text-ink-2" aria-label={t("legend")}>
        {named.map(({ name, tone, total }) => (
          <li key={`${tone} ${name}`} className="inline-flex items-center gap-2">
            <span className={`size-3 flex-none ${swatches[tone]}`} aria-hidden="true" />
            <span className="wrap-anywhere">{name}</span> <b>{total}</b>
          </li>
        ))}
      </ul>
      <FailureChart
        series={named.map(({ name, tone }) => ({ name, tone }))}
        bars={bars.map((bar) => ({ label: barLabel(bar.at, widthMs, view), counts: bar.counts, href: hrefOf(bar) }))}
        markers={markers.slice(0, 2)}
        label={label}
      />
      <details className="mt-1 text-13">
        <summary className="cursor-pointer text-ink-3">
          {t("chartNote")} <span className="max-wide:hidden">{t("chartClick")}</span>{" "}
          <span className="link">{t("table")}</span>
        </summary>
        <div className="mt-2 max-h-96 overflow-auto">
          <table className="list-table plain">
            <caption className="sr-only">{label}</caption>
            <thead>
              <tr>
                <th scope="col">{t("time")}</th>
                {named.map(({ name, tone }) => (
                  <th key={`${tone} ${name}`} scope="col" className="text-right">
                    {name}
                  </th>
                ))}
                <th scope="col" className="text-right">
                  {t("total")}
                </th>
              </tr>
            </thead>
            <tbody>
              {bars.map((bar, index) => (
                <tr key={bar.at}>
                  <th scope="row">
                    <Link className="link" href={hrefOf(bar)} prefetch={false}>
                      {fullTimeText(bar.at, view.clock.timeZone).slice(0, 16)}
                    </Link>
                  </th>
                  {bar.counts.map((count, place) => (
                    // series stand in one order in every bar
                    <td
                      key={series[place]?.kind === "group" ? series[place].group?.id : series[place]?.kind}
                      className="text-right"
                    >
                      {count}
                    </td>
                  ))}
                  <td className="text-right">{totals[index]}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </section>
  );
};
