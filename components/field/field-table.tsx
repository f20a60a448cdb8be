import type { ReactNode } from "react";
import type { FieldRow, FieldTable } from "#lib/field/table.ts";
import { FieldValue } from "#components/field/field-cell.tsx";
import { needText } from "#components/field/need-text.ts";
import type { Names } from "#components/record/names.ts";
import type { View } from "#components/record/view.ts";

/** The edge that marks where it broke first is 3 px, drawn inside so that columns do not move. */
const edge = "shadow-[inset_3px_0_0_var(--overdue)]";

const FieldName = ({ row, view }: { readonly row: FieldRow; readonly view: View }): ReactNode => (
  <>
    {row.title === undefined ? null : <b className="block [overflow-wrap:anywhere]">{row.title}</b>}
    <code className={`[overflow-wrap:anywhere] ${row.title === undefined ? "" : "text-ink-3"}`}>
      {row.field === "" ? view.fields("whole") : row.field}
    </code>
  </>
);

/** Wide: steps as columns in the order of the path, last what the contract needs. */
export const WideFieldTable = ({
  table,
  rows,
  names,
  view,
}: {
  readonly table: FieldTable;
  readonly rows: readonly FieldRow[];
  readonly names: Names;
  readonly view: View;
}): ReactNode => {
  const t = view.fields;
  const { needsOf } = table;
  return (
    <table className="w-full table-fixed text-13">
      <thead>
        <tr className="border-b border-line text-left text-12 text-ink-3">
          <th scope="col" className="py-2 pr-3 font-medium">
            {t("field")}
          </th>
          {table.columns.map((column) => (
            <th key={column.step} scope="col" className="px-2.5 py-2 font-medium [overflow-wrap:anywhere]">
              {names.step(column.step)}
              {column.omitted === 0 ? null : (
                <small className="block font-regular">{t("omitted", { count: column.omitted })}</small>
              )}
            </th>
          ))}
          {needsOf === null ? null : (
            <th scope="col" className="px-2.5 py-2 font-medium [overflow-wrap:anywhere]">
              {t("needs", { step: view.named(names.step(needsOf)).trimStart() })}
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const isProblem = row.kind === "problem";
          const frame = isProblem ? "border-y border-overdue bg-overdue-soft" : "border-b border-line";
          return (
            <tr key={row.field} className={`${frame} align-top`}>
              <th scope="row" className={`py-2 pr-3 text-left font-regular ${isProblem ? "pl-2.5" : ""}`}>
                <FieldName row={row} view={view} />
              </th>
              {row.cells.map((cell, index) => {
                const first = isProblem && index === row.brokenAt && index === table.firstBroken;
                const broken = isProblem && row.brokenAt !== undefined && index >= row.brokenAt;
                return (
                  <td
                    key={table.columns[index]?.step ?? index}
                    className={`relative px-2.5 py-2 ${first ? `${edge} pb-7` : ""}`}
                  >
                    <FieldValue cell={cell} broken={broken} view={view} />
                    {first ? (
                      <span className="absolute bottom-0 left-0 rounded-tr-1 bg-overdue px-2 text-11 leading-4.5 font-bold whitespace-nowrap text-on-state">
                        {t("firstBroken")}
                      </span>
                    ) : null}
                  </td>
                );
              })}
              {needsOf === null ? null : (
                <td className={`px-2.5 py-2 [overflow-wrap:anywhere] ${isProblem ? "" : "text-ink-3"}`}>
                  {isProblem && row.need === undefined ? t("named") : needText(row.need, view)}
                </td>
              )}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
};

/** Phone: one field after the other, its values from step to step. */
export const NarrowFieldTable = ({
  table,
  rows,
  names,
  view,
}: {
  readonly table: FieldTable;
  readonly rows: readonly FieldRow[];
  readonly names: Names;
  readonly view: View;
}): ReactNode => {
  const t = view.fields;
  const { needsOf } = table;
  return rows.map((row) => (
    <div key={row.field} className="border-b border-line py-3">
      <h3 className="text-14">
        <FieldName row={row} view={view} />
      </h3>
      <dl className="mt-1 text-13">
        {row.cells.map((cell, index) => {
          const isProblem = row.kind === "problem";
          const first = isProblem && index === row.brokenAt && index === table.firstBroken;
          const broken = isProblem && row.brokenAt !== undefined && index >= row.brokenAt;
          const column = table.columns[index];
          return (
            <div
              key={column?.step ?? index}
              className={`flex min-h-9 items-center justify-between gap-4 ${first ? `bg-overdue-soft px-2.5 ${edge}` : ""}`}
            >
              <dt className="text-ink-2 [overflow-wrap:anywhere]">
                {column === undefined ? "" : names.step(column.step)}
                {first ? <b className="block text-12 text-overdue">{t("firstBroken")}</b> : null}
              </dt>
              <dd className="min-w-0 text-right">
                <FieldValue cell={cell} broken={broken} view={view} />
              </dd>
            </div>
          );
        })}
        {needsOf === null ? null : (
          <div className="flex min-h-9 items-center justify-between gap-4">
            <dt className="text-ink-2">{t("needs", { step: view.named(names.step(needsOf)).trimStart() })}</dt>
            <dd className="text-right">
              {row.kind === "problem" && row.need === undefined ? t("named") : needText(row.need, view)}
            </dd>
          </div>
        )}
      </dl>
    </div>
  ));
};
