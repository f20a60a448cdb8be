import type { ReactNode } from "react";
import type { FlowView } from "#components/flows/flow-view.ts";
import { StopTrouble } from "#components/flows/stop-trouble.tsx";
import type { FlowFigures } from "#lib/flow/flow-figures.ts";

/** Every hop with its figures: the drawing as a table, and what phones show in its place. */
export const HopTable = ({ figures, view }: { readonly figures: FlowFigures; readonly view: FlowView }): ReactNode => {
  const { t, duration } = view;
  const stopOf = new Map(figures.stops.map((stop) => [stop.id, stop]));
  const nameOf = (id: string): string => stopOf.get(id)?.name ?? id;
  const cell = (name: "p50" | "p95Head" | "limit", text: string): ReactNode => (
    <td className="cell-left text-right max-wide:text-left">
      <span className="wide:hidden">{t(name)} </span>
      {text}
    </td>
  );
  return (
    <table className="list-table">
      <caption className="sr-only">{t("hops")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("hop")}</th>
          <th scope="col" className="text-right">
            {t("records")}
          </th>
          <th scope="col" className="text-right">
            {t("p50")}
          </th>
          <th scope="col" className="text-right">
            {t("p95Head")}
          </th>
          <th scope="col" className="text-right">
            {t("limit")}
          </th>
          <th scope="col" className="wide:pl-6">
            {t("trouble")}
          </th>
        </tr>
      </thead>
      <tbody>
        {figures.hops.map((hop) => {
          const stop = stopOf.get(hop.to);
          const isLate = hop.p95Ms !== null && hop.allowedMs !== null && hop.p95Ms > hop.allowedMs;
          return (
            <tr key={`${hop.from}..${hop.to}`}>
              <td className="font-medium">
                {nameOf(hop.from)} → {nameOf(hop.to)}
              </td>
              <td className="cell-state text-right">
                {hop.count === 0 ? (
                  <span className="text-ink-3">{t("notMeasured")}</span>
                ) : (
                  <>
                    {hop.count.toLocaleString("en")}
                    <span className="wide:hidden"> {t("records")}</span>
                  </>
                )}
                {hop.skewed === 0 ? null : (
                  <span className="block text-12 text-ink-3">{t("skewed", { count: hop.skewed })}</span>
                )}
              </td>
              {cell("p50", duration(hop.p50Ms))}
              <td className={`cell-left text-right max-wide:text-left ${isLate ? "font-medium text-late" : ""}`}>
                <span className="wide:hidden">{t("p95Head")} </span>
                {duration(hop.p95Ms)}
              </td>
              {cell("limit", duration(hop.allowedMs))}
              <td className="cell-wide wide:pl-6">
                {stop === undefined || stop.failed + stop.overdue + stop.unknown === 0 ? (
                  <span className="text-ink-3">{t("noTrouble")}</span>
                ) : (
                  <StopTrouble flow={figures.flow} stop={stop} view={view} />
                )}
              </td>
            </tr>
          );
        })}
        <tr>
          <td className="font-bold">{t("endToEnd")}</td>
          <td className="cell-state text-right">{figures.endToEnd.count.toLocaleString("en")}</td>
          {cell("p50", duration(figures.endToEnd.p50Ms))}
          {cell("p95Head", duration(figures.endToEnd.p95Ms))}
          <td className="max-wide:hidden" colSpan={2}>
            <span className="sr-only">{duration(null)}</span>
          </td>
        </tr>
      </tbody>
    </table>
  );
};
