import type { ReactNode } from "react";
import { BarsOverTime } from "#components/failures/bars-over-time.tsx";
import { FacetList } from "#components/failures/facet-list.tsx";
import { FailuresBar } from "#components/failures/failures-bar.tsx";
import { failuresHref } from "#components/failures/failures-href.ts";
import { GroupTable } from "#components/failures/group-table.tsx";
import { failuresViewOf, type View } from "#components/failures/view.ts";
import type { GivenFilters } from "#components/journeys/list-href.ts";
import { periodText } from "#components/period/period-menu.tsx";
import { CopyButton } from "#components/record/copy-button.tsx";
import { PageLive } from "#components/shell/page-live.tsx";
import { RowKeys } from "#components/ui/row-keys.tsx";
import type { FailuresView } from "#lib/failure/failures-view.ts";
import type { Preset } from "#lib/period/period.ts";
import type { Clock } from "#lib/time-text/time-text.ts";

/** What a person would say aloud: how many, and what most of them have in common. */
const Sentence = ({ failures, view }: { readonly failures: FailuresView; readonly view: View }): ReactNode => {
  const { t } = view;
  const { broken, unknown, groups } = failures;
  const [first] = groups;
  if (broken === 0 || first === undefined) return t(unknown > 0 ? "headingUnknown" : "headingNone");
  const text = first.count === broken ? t("headAll", { broken }) : t("headSome", { broken, count: first.count });
  const hop = view.hopText(first);
  return (
    <>
      {text}
      {view.gap}
      {view.reasons(first.reason)} {first.field === null ? null : <code>{first.field}</code>}
      {hop === "" ? null : <span className="font-regular"> · {hop}</span>}
    </>
  );
};

/** Everything that went wrong in a span of time: the sentence, the bars, and group by group what failed alike. */
export const FailuresPage = ({
  failures,
  given,
  range,
  clock,
  publicUrl,
}: {
  readonly failures: FailuresView;
  readonly given: GivenFilters;
  readonly range: Preset | "custom";
  readonly clock: Clock;
  readonly publicUrl: string;
}): ReactNode => {
  const view = failuresViewOf(clock);
  const { t } = view;
  const { broken, unknown, facets } = failures;
  const span = range === "custom" ? periodText(failures.period, clock) : t(`span.${range}`);
  return (
    <>
      <div className="flex items-start gap-2">
        <div className="mr-auto min-w-0">
          <FailuresBar failures={failures} given={given} range={range} view={view} />
        </div>
        <span className="max-wide:hidden">
          <CopyButton
            text={`${publicUrl}${failuresHref(given, {})}`}
            label={t("copyLink")}
            copiedLabel={t("copied")}
            failedLabel={t("copyFailed")}
            icon="link"
          />
        </span>
      </div>
      <h1 className="mt-4 text-24 leading-tight font-bold tracking-[-0.01em] wrap-anywhere">
        <Sentence failures={failures} view={view} />
      </h1>
      {unknown > 0 ? <p className="mt-1 text-ink-2">{t("unknown", { count: unknown })}</p> : null}
      <p className="mt-1 text-13 text-ink-3">{t("asOf", { time: view.time(clock.now), zone: view.zone })}</p>
      {failures.isCut ? <p className="mt-1 text-13 text-unknown">{t("isCut", { count: 5_000 })}</p> : null}
      {broken + unknown === 0 ? (
        <p className="mt-6 text-ink-2">{facets.length > 0 ? t("noneChosen") : t("noneInSpan", { span })}</p>
      ) : (
        <BarsOverTime failures={failures} given={given} view={view} />
      )}
      <div className="mt-6 grid grid-cols-[14.5rem_minmax(0,1fr)] gap-x-8 max-wide:block">
        <div className="max-wide:hidden">
          <FacetList place="beside" facets={facets} given={given} view={view} />
        </div>
        {facets.length === 0 ? null : (
          <details className="mb-3 wide:hidden">
            <summary className="chip cursor-pointer">{t("facets")}</summary>
            <div className="mt-2">
              <FacetList place="above" facets={facets} given={given} view={view} />
            </div>
          </details>
        )}
        <div>{failures.groups.length === 0 ? null : <GroupTable failures={failures} given={given} view={view} />}</div>
      </div>
      <RowKeys />
      {range === "custom" ? null : <PageLive />}
    </>
  );
};
