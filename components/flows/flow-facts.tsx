import type { ReactNode } from "react";
import type { FlowView } from "#components/flows/flow-view.ts";
import type { FlowFigures } from "#lib/flow/flow-figures.ts";

/** What a flow is of, who sees it, and where it is changed. */
export const FlowFacts = ({ figures, view }: { readonly figures: FlowFigures; readonly view: FlowView }): ReactNode => {
  const { t, roles, clock } = view;
  const { primary, visibleTo, declaredIn, file, active } = figures;
  const place =
    declaredIn === "console"
      ? t("facts.inConsole")
      : file === null
        ? t("facts.inFileUnknown")
        : t("facts.inFile", { file });
  const seenBy =
    visibleTo === null
      ? t("facts.everyone")
      : visibleTo.map((role) => roles(`role.${role}`)).join(clock.language === "zh" ? "、" : ", ");
  const fact = (name: string, value: ReactNode): ReactNode => (
    <div className="flex gap-1.5">
      <dt className="text-ink-3">{name}</dt>
      <dd className="wrap-anywhere">{value}</dd>
    </div>
  );
  return (
    <dl className="mt-2 flex flex-wrap gap-x-6 gap-y-1 text-13">
      {fact(t("facts.primary"), <code>{primary}</code>)}
      {fact(t("facts.visibleTo"), seenBy)}
      {fact(t("declared"), active ? place : `${place} · ${t("notActive")}`)}
    </dl>
  );
};
