import Link from "next/link";
import type { ReactNode } from "react";
import { recordsHref, type FlowView } from "#components/flows/flow-view.ts";
import { colourOf, Glyph, glyphOf } from "#components/ui/glyph.tsx";
import type { JourneyState } from "#lib/journey/judgement.ts";

const worstFirst: readonly JourneyState[] = [
  "failed",
  "overdue",
  "unknown",
  "completed_late",
  "in_progress",
  "completed",
];

/** A flow's records by state, each figure the way to its list. */
export const StateCounts = ({
  flow,
  counts,
  view,
}: {
  readonly flow: string;
  readonly counts: Readonly<Record<JourneyState, number>>;
  readonly view: FlowView;
}): ReactNode => (
  <span className="flex flex-wrap gap-x-3 gap-y-0.5">
    {worstFirst
      .filter((state) => counts[state] > 0)
      .map((state) => (
        <Link
          key={state}
          href={recordsHref({ flow, state })}
          prefetch={false}
          className={`relative z-1 inline-flex min-h-6 items-center gap-1 whitespace-nowrap hover:underline max-wide:min-h-11 ${colourOf(glyphOf(state))}`}
        >
          <Glyph name={glyphOf(state)} size={12} />
          {view.states(state)} {counts[state].toLocaleString("en")}
        </Link>
      ))}
  </span>
);
