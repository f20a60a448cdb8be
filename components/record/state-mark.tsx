import type { ReactNode } from "react";
import type { JourneyState } from "#lib/journey/judgement.ts";
import type { JourneyAnswer } from "#lib/record/record-answer.ts";
import { colourOf, Glyph, glyphOf } from "#components/ui/glyph.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { View } from "#components/record/view.ts";

const grounds: Readonly<Record<JourneyState, string>> = {
  in_progress: "bg-progress-soft",
  completed: "bg-ok-soft",
  completed_late: "bg-late-soft",
  overdue: "bg-overdue-soft",
  failed: "bg-failed-soft",
  unknown: "bg-unknown-soft",
};

/** Glyph and word of a state, drawn on the server. */
export const StateMark = ({ state, view }: { readonly state: JourneyState; readonly view: View }): ReactNode => (
  <span
    className={`inline-flex items-center gap-1.5 text-13 font-medium whitespace-nowrap ${colourOf(glyphOf(state))}`}
    data-state={state}
  >
    <Glyph name={glyphOf(state)} size={14} />
    {view.state(state)}
  </span>
);

/** State, and how late it is in the state's own words: "3 h overdue". */
export function stateWords({ state, verdict, steps }: JourneyAnswer, view: View): string {
  if (state === "overdue" && verdict.lateByMs !== undefined)
    return view.record("late", { duration: view.duration(verdict.lateByMs) });
  if (state === "completed_late") {
    const late = steps.flatMap(({ status, at, dueAt }) =>
      status === "late" && at !== undefined && dueAt !== undefined ? Date.parse(at) - Date.parse(dueAt) : [],
    );
    if (late.length > 0)
      return `${view.state(state)} · ${view.record("lateDone", { duration: view.duration(Math.max(...late)) })}`;
  }
  return view.state(state);
}

/** What a person closed says so first; how it stands is evidence then. */
export const StateHead = ({ journey, view }: { readonly journey: JourneyAnswer; readonly view: View }): ReactNode =>
  journey.closed === undefined ? (
    <OpenHead journey={journey} view={view} />
  ) : (
    <ClosedHead journey={journey} view={view} />
  );

const ClosedHead = ({ journey, view }: { readonly journey: JourneyAnswer; readonly view: View }): ReactNode => (
  <span className="inline-flex flex-wrap items-center gap-2" data-state={journey.state}>
    <span className="inline-flex min-h-7 items-center gap-1.5 rounded-2 bg-sunken px-2.5 text-14 font-bold">
      <Icon name="check" />
      {view.casework("close.badge")}
    </span>
    <span className="text-13 text-ink-2">{stateWords(journey, view)}</span>
  </span>
);

const OpenHead = ({ journey, view }: { readonly journey: JourneyAnswer; readonly view: View }): ReactNode => (
  <span
    className={`inline-flex min-h-7 items-center gap-1.5 rounded-2 pr-2.5 pl-2 text-14 font-bold ${grounds[journey.state]} ${colourOf(glyphOf(journey.state))}`}
    data-state={journey.state}
  >
    <Glyph name={glyphOf(journey.state)} />
    {stateWords(journey, view)}
  </span>
);
