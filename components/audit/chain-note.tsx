import type { ReactNode } from "react";
import { auditViewOf } from "#components/audit/audit-view.ts";
import { Glyph } from "#components/ui/glyph.tsx";
import { timeText, type Clock } from "#lib/time-text/time-text.ts";

export type ChainCheck =
  | { readonly state: "whole"; readonly count: number; readonly at: number }
  | { readonly state: "broken"; readonly process: string; readonly sequence: number }
  | { readonly state: "unknown" };

/** Whether the entries are as they were written; null: it is being found out. */
export const ChainNote = ({
  check,
  clock,
}: {
  readonly check: ChainCheck | null;
  readonly clock: Clock;
}): ReactNode => {
  const { t } = auditViewOf(clock);
  const sentence =
    check === null
      ? t("verifying")
      : check.state === "whole"
        ? t("verified", { count: check.count, time: timeText(check.at, clock) })
        : check.state === "broken"
          ? t("broken", check)
          : t("notVerified");
  const glyph =
    check === null || check.state === "unknown" ? "waiting" : check.state === "whole" ? "completed" : "failed";
  return (
    <p className={`mt-3 flex items-center gap-2 text-13 ${check?.state === "broken" ? "text-failed" : "text-ink-2"}`}>
      <Glyph name={glyph} size={14} />
      {sentence}
    </p>
  );
};
