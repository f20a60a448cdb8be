import type { ReactNode } from "react";
import type { JourneyState } from "#lib/journey/judgement.ts";

export type GlyphName = "completed" | "late" | "progress" | "overdue" | "failed" | "unknown" | "waiting";

const shapes: Readonly<Record<GlyphName, ReactNode>> = {
  completed: (
    <>
      <circle cx="8" cy="8" r="7.25" fill="currentColor" />
      <path d="M4.7 8.3l2.3 2.3 4.3-4.7" className="glyph-mark" />
    </>
  ),
  late: (
    <>
      <circle cx="8" cy="8" r="6.5" className="glyph-outline" />
      <path d="M4.9 8.2l2.2 2.2 4-4.4" className="glyph-line" />
    </>
  ),
  progress: (
    <>
      <circle cx="8" cy="8" r="6.5" className="glyph-outline" />
      <path d="M8 3.8a4.2 4.2 0 0 1 0 8.4z" fill="currentColor" />
    </>
  ),
  overdue: (
    <>
      <path d="M8 .8l7.2 7.2L8 15.2.8 8z" fill="currentColor" stroke="currentColor" strokeLinejoin="round" />
      <path d="M8 4.4v4.3M8 11.1v.1" className="glyph-mark" />
    </>
  ),
  failed: (
    <>
      <path d="M5 .9h6L15.1 5v6L11 15.1H5L.9 11V5z" fill="currentColor" />
      <path d="M5.4 5.4l5.2 5.2M10.6 5.4l-5.2 5.2" className="glyph-mark" />
    </>
  ),
  unknown: (
    <>
      <circle cx="8" cy="8" r="6.6" className="glyph-outline" strokeDasharray="2.6 1.55" />
      <path d="M6.2 6.4c0-1 .8-1.8 1.8-1.8s1.8.7 1.8 1.7c0 1.3-1.8 1.4-1.8 2.6M8 11.3v.1" className="glyph-line" />
    </>
  ),
  waiting: <circle cx="8" cy="8" r="4.5" className="glyph-outline" strokeDasharray="1.6 1.6" />,
};

const colours: Readonly<Record<GlyphName, string>> = {
  completed: "text-ok",
  late: "text-late",
  progress: "text-progress",
  overdue: "text-overdue",
  failed: "text-failed",
  unknown: "text-unknown",
  waiting: "text-waiting",
};

const glyphs: Readonly<Record<JourneyState, GlyphName>> = {
  in_progress: "progress",
  completed: "completed",
  completed_late: "late",
  overdue: "overdue",
  failed: "failed",
  unknown: "unknown",
};

export const glyphOf = (state: JourneyState): GlyphName => glyphs[state];

/** Tailwind's text colour of a state. */
export const colourOf = (name: GlyphName): string => colours[name];

/** A state's silhouette in its colour. Decoration: the word stands beside it, or in the heading of the list. */
export const Glyph = ({ name, size = 16 }: { readonly name: GlyphName; readonly size?: number }): ReactNode => (
  <svg className={`glyph ${colours[name]}`} width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
    {shapes[name]}
  </svg>
);
