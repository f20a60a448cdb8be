"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { colourOf, Glyph, glyphOf } from "#components/ui/glyph.tsx";
import type { JourneyState } from "#lib/journey/judgement.ts";

const grounds: Readonly<Record<JourneyState, string>> = {
  in_progress: "bg-progress-soft",
  completed: "bg-ok-soft",
  completed_late: "bg-late-soft",
  overdue: "bg-overdue-soft",
  failed: "bg-failed-soft",
  unknown: "bg-unknown-soft",
};

/**
 * Glyph and word of a state. `filled` on a ground, for the head of a page; `words` in place of the state's own word ("Overdue 3 h");
 * `extra` follows it in figures.
 */
export const StateBadge = ({
  state,
  filled = false,
  words,
  extra,
}: {
  readonly state: JourneyState;
  readonly filled?: boolean;
  readonly words?: string;
  readonly extra?: string;
}): ReactNode => {
  const t = useTranslations("state");
  const name = glyphOf(state);
  const shape = filled ? `h-7 rounded-2 pr-2.5 pl-2 text-14 font-bold ${grounds[state]}` : "text-13 font-medium";
  return (
    <span
      className={`inline-flex items-center gap-1.5 whitespace-nowrap ${shape} ${colourOf(name)}`}
      data-state={state}
    >
      <Glyph name={name} size={filled ? 16 : 14} />
      <span>{words ?? t(state)}</span>
      {extra === undefined ? null : <span className="font-medium">{extra}</span>}
    </span>
  );
};
