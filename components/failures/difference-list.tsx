import type { ReactNode } from "react";
import type { View } from "#components/failures/view.ts";
import { leastCompared, type Comparison, type Difference } from "#lib/failure/compare-samples.ts";
import type { TroubleState } from "#lib/journey/judgement.ts";

/** `1.3%`, `24%`; never 0 % or 100 % of what is not none or all. */
const shareText = (count: number, size: number): string => {
  const percent = (count / size) * 100;
  if (count === 0 || count === size) return `${percent}%`;
  return percent < 10 || percent > 99
    ? `${Math.min(99.9, Math.max(0.1, percent)).toFixed(1)}%`
    : `${Math.round(percent)}%`;
};

const Share = ({
  count,
  size,
  tone,
  isStrong = false,
}: {
  readonly count: number;
  readonly size: number;
  readonly tone: string;
  readonly isStrong?: boolean;
}): ReactNode => (
  <span className="flex items-center gap-2" title={`${count} / ${size}`}>
    <span className="h-2 w-14 flex-none bg-line" aria-hidden="true">
      <span className={`block h-full ${tone}`} style={{ width: `${(count / size) * 100}%` }} />
    </span>
    <span>
      {isStrong ? <b>{shareText(count, size)}</b> : shareText(count, size)}{" "}
      <span className="sr-only">({`${count} / ${size}`})</span>
    </span>
  </span>
);

const DifferenceRow = ({
  difference,
  sizes,
  state,
  view,
}: {
  readonly difference: Difference;
  readonly sizes: Pick<Comparison, "broken" | "through">;
  readonly state: TroubleState;
  readonly view: View;
}): ReactNode => {
  const { t } = view;
  const { name, value, broken, through, isClear } = difference;
  const tone = isClear ? (state === "failed" ? "bg-failed" : "bg-overdue") : "bg-chart-2";
  return (
    <tr>
      <th scope="row">
        <code className="wrap-anywhere">
          {name} = {value ?? <i>{t("detail.empty")}</i>}
        </code>
        {isClear ? null : <span className="block text-12 text-ink-3">{t("detail.unclear")}</span>}
      </th>
      <td>
        <Share count={broken} size={sizes.broken} tone={tone} isStrong={isClear} />
      </td>
      <td className="text-ink-2">
        <Share count={through} size={sizes.through} tone="bg-chart-2" />
      </td>
    </tr>
  );
};

/** Values with their share here and there; how many were looked at is said first, and what could be chance stands in grey. */
export const DifferenceList = ({
  comparison,
  state,
  view,
}: {
  readonly comparison: Comparison;
  readonly state: TroubleState;
  readonly view: View;
}): ReactNode => {
  const { t } = view;
  const { broken, through, differences } = comparison;
  if (broken < leastCompared.broken || through < leastCompared.through) {
    const least = { leastBroken: leastCompared.broken, leastThrough: leastCompared.through };
    return <p className="text-13 text-ink-2">{t("detail.tooFew", { broken, through, ...least })}</p>;
  }
  return (
    <>
      <p className="mb-2 text-12 text-ink-3">{t("detail.sizes", { broken, through })}</p>
      {differences.length === 0 ? (
        <p className="text-13 text-ink-2">{t("detail.alike")}</p>
      ) : (
        <table className="differences">
          <thead>
            <tr>
              <th scope="col">
                <span className="sr-only">{t("detail.apart")}</span>
              </th>
              <th scope="col">{t("detail.broken")}</th>
              <th scope="col">{t("detail.through")}</th>
            </tr>
          </thead>
          <tbody>
            {differences.map((difference) => (
              <DifferenceRow
                key={JSON.stringify([difference.name, difference.value])}
                difference={difference}
                sizes={comparison}
                state={state}
                view={view}
              />
            ))}
          </tbody>
        </table>
      )}
    </>
  );
};
