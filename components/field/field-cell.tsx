import type { ReactNode } from "react";
import type { FieldCell as Cell } from "#lib/field/table.ts";
import type { View } from "#components/record/view.ts";
import { Glyph } from "#components/ui/glyph.tsx";

const Wrong = ({ word, broken }: { readonly word: string; readonly broken: boolean }): ReactNode => (
  <span className={`inline-flex items-center gap-1.5 ${broken ? "font-bold text-overdue" : "text-ink-3"}`}>
    {broken ? <Glyph name="overdue" size={13} /> : null}
    <span className={`rounded-1 border border-dashed border-current px-1.5 text-12`}>{word}</span>
  </span>
);

/** What a field was at one step. `broken`: it is the problem, from here on. */
export const FieldValue = ({
  cell,
  broken,
  view,
}: {
  readonly cell: Cell;
  readonly broken: boolean;
  readonly view: View;
}): ReactNode => {
  const t = view.fields;
  switch (cell.kind) {
    case "same":
      return <span className="text-ink-3">{t("same")}</span>;
    case "empty":
      return <Wrong word={t("empty")} broken={broken} />;
    case "missing":
      return broken ? (
        <Wrong word={t("missing")} broken />
      ) : (
        <span className="text-ink-3">
          –<span className="sr-only">{t("missing")}</span>
        </span>
      );
    case "value":
      return <span className="[overflow-wrap:anywhere]">{cell.text}</span>;
    case "malformed":
      return (
        <span className="[overflow-wrap:anywhere]">
          <b className="text-overdue">{cell.text}</b> <Wrong word={t("malformed")} broken />
        </span>
      );
    case "masked":
      return (
        <span className="[overflow-wrap:anywhere]">
          {cell.text} <small className="text-12 text-ink-3">{t("masked")}</small>
          {cell.malformed ? <Wrong word={t("malformed")} broken /> : null}
        </span>
      );
  }
};
