import type { ReactNode } from "react";
import { Glyph, type GlyphName } from "#components/ui/glyph.tsx";
import type { StopState } from "#components/journey/line-kind.ts";

const shared: Partial<Record<StopState, GlyphName>> = {
  completed: "completed",
  late: "late",
  in_progress: "progress",
  waiting: "waiting",
  overdue: "overdue",
  failed: "failed",
  unknown: "unknown",
};

/** Steps have three more silhouettes than journeys. */
const own: Partial<Record<StopState, { readonly colour: string; readonly shape: ReactNode }>> = {
  // a disc nobody filled in: the step must have happened
  passed: {
    colour: "text-ok",
    shape: (
      <>
        <circle cx="8" cy="8" r="6.5" className="glyph-outline" strokeDasharray="3.2 1.9" />
        <circle cx="8" cy="8" r="2" fill="currentColor" />
      </>
    ),
  },
  skipped: {
    colour: "text-ok",
    shape: (
      <>
        <circle cx="8" cy="8" r="6.5" className="glyph-outline" />
        <path d="M4.800 8h6.400M8.800 5.600L11.200 8 8.800 10.400" className="glyph-line" />
      </>
    ),
  },
  not_expected: {
    colour: "text-waiting",
    shape: (
      <>
        <circle cx="8" cy="8" r="4.5" className="glyph-outline" />
        <path d="M6 8h4" className="glyph-line" />
      </>
    ),
  },
};

/** The silhouette of a stop. Decoration: its word stands in the text beside it. */
export const StepGlyph = ({ state, size }: { readonly state: StopState; readonly size: number }): ReactNode => {
  const drawn = own[state];
  if (drawn === undefined) return <Glyph name={shared[state] ?? "waiting"} size={size} />;
  return (
    <svg className={`glyph ${drawn.colour}`} width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
      {drawn.shape}
    </svg>
  );
};
