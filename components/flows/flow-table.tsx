import Link from "next/link";
import type { ReactNode } from "react";
import { shortVersion, type FlowView } from "#components/flows/flow-view.ts";
import { StateCounts } from "#components/flows/state-counts.tsx";
import type { FlowLine } from "#lib/flow/flow-figures.ts";
import { PageLive } from "#components/shell/page-live.tsx";

const Row = ({ line, view }: { readonly line: FlowLine; readonly view: FlowView }): ReactNode => {
  const { t } = view;
  return (
    <tr>
      <td>
        <Link className="row-link font-medium" href={`/flows/${line.flow}`} prefetch={false}>
          {line.name}
        </Link>
        <code className="block text-12 text-ink-3">{line.flow}</code>
        {line.active ? null : <span className="block text-12 text-late">{t("notActive")}</span>}
        {line.problems === 0 ? null : (
          <span className="block text-12 text-failed">{t("problems", { count: line.problems })}</span>
        )}
      </td>
      <td className="cell-state text-right">
        <span className="text-ink-3 wide:hidden">{t("today")} </span>
        {line.today.toLocaleString("en")}
      </td>
      <td className="cell-wide wide:pl-6">
        <StateCounts flow={line.flow} counts={line.counts} view={view} />
      </td>
      <td className="cell-wide text-right max-wide:text-left">
        <span className="text-ink-3 wide:hidden">{t("p95")} </span>
        {line.p95Ms === null ? <span className="text-ink-3">{t("noneCompleted")}</span> : view.duration(line.p95Ms)}
        {line.p95Ms === null ? null : (
          <span className="block text-12 text-ink-3 max-wide:inline"> {t("p95Of", { count: line.completed })}</span>
        )}
      </td>
      <td className="cell-left wide:pl-6">
        <code>{shortVersion(line.version)}</code>
        <span className="block text-12 text-ink-3 max-wide:inline"> {view.time(line.savedAt)}</span>
      </td>
      <td className="cell-right">{line.file === null ? t(`place.${line.declaredIn}`) : <code>{line.file}</code>}</td>
    </tr>
  );
};

/** The flows, each with how it goes. */
export const FlowTable = ({
  lines,
  view,
}: {
  readonly lines: readonly FlowLine[];
  readonly view: FlowView;
}): ReactNode => {
  const { t } = view;
  return (
    <>
      <h1 className="text-24 leading-tight font-bold tracking-[-0.01em]">{t("titleCount", { count: lines.length })}</h1>
      <PageLive />
      <p className="mt-1 max-w-160 text-ink-2">{t("intro")}</p>
      {lines.length === 0 ? (
        <p className="mt-6 text-ink-2">
          {t("none")}{" "}
          <Link className="link" href="/">
            {t("toOverview")}
          </Link>
        </p>
      ) : (
        <table className="list-table mt-4">
          <caption className="sr-only">{t("title")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("flow")}</th>
              <th scope="col" className="text-right">
                {t("today")}
              </th>
              <th scope="col" className="wide:pl-6">
                {t("now")}
              </th>
              <th scope="col" className="text-right">
                {t("p95")}
              </th>
              <th scope="col" className="wide:pl-6">
                {t("version")}
              </th>
              <th scope="col">{t("declared")}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <Row key={line.flow} line={line} view={view} />
            ))}
          </tbody>
        </table>
      )}
    </>
  );
};
