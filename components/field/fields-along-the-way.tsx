import type { ReactNode } from "react";
import type { FieldTable } from "#lib/field/table.ts";
import { NarrowFieldTable, WideFieldTable } from "#components/field/field-table.tsx";
import type { Names } from "#components/record/names.ts";
import type { View } from "#components/record/view.ts";

/** More steps than a table has room for: every field is read one below the other, at every width. */
const maxColumns = 6;

/** Payloads before and after each hop: problems first, then what changed; the rest is folded until asked for. */
export const FieldsAlongTheWay = ({
  table,
  names,
  view,
  target,
  all,
  allHref,
  fewerHref,
  mayReadPayloads,
}: {
  readonly table: FieldTable;
  readonly names: Names;
  readonly view: View;
  readonly target: string | null;
  readonly all: boolean;
  readonly allHref: string;
  readonly fewerHref: string;
  readonly mayReadPayloads: boolean;
}): ReactNode => {
  const t = view.fields;
  const { rows, unchangedCount } = table;
  const shown = all ? rows : rows.filter((row) => row.kind !== "unchanged");
  const folds = unchangedCount > 0 && shown.length > 0;
  const listed = shown.length === 0 ? rows.slice(0, 8) : shown;
  const isTable = table.columns.length <= maxColumns;
  return (
    <section aria-labelledby="fields-title" id="fields" className="mt-8 min-w-0 scroll-mt-16">
      <div className="section-head">
        <h2 id="fields-title" tabIndex={-1}>
          {t("title")}
        </h2>
        <span className="ml-auto flex gap-3 text-13 text-ink-3">
          {target === null ? null : <span>{t("path", { step: view.named(names.step(target)) })}</span>}
          {rows.length > listed.length ? (
            <a className="link no-print" href={allHref}>
              {t("all", { count: rows.length })}
            </a>
          ) : null}
          {all && folds ? (
            <a className="link no-print" href={fewerHref}>
              {t("fewer")}
            </a>
          ) : null}
        </span>
      </div>
      {rows.length === 0 ? <p className="py-2.5 text-13 text-ink-2">{t(mayReadPayloads ? "none" : "hidden")}</p> : null}
      {rows.length > 0 && table.problemCount === 0 ? (
        <p className="py-2.5 text-13 text-ink-2">{t("noProblem")}</p>
      ) : null}
      {isTable && listed.length > 0 ? (
        <div className="hidden wide:block">
          <WideFieldTable table={table} rows={listed} names={names} view={view} />
        </div>
      ) : null}
      <div className={isTable ? "wide:hidden" : ""}>
        <NarrowFieldTable table={table} rows={listed} names={names} view={view} />
      </div>
      {rows.length > listed.length ? (
        <p className="py-2.5 text-13">
          <a className="link no-print" href={allHref}>
            {t("rest", { count: rows.length - listed.length })}
          </a>
        </p>
      ) : null}
    </section>
  );
};
