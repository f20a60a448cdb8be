import type { ReactNode } from "react";
import type { JourneyState } from "#lib/journey/judgement.ts";
import { markSentence, type SentenceMarks } from "#components/record/mark-sentence.ts";

const hotColour: Readonly<Record<JourneyState, string>> = {
  in_progress: "",
  completed: "",
  completed_late: "text-late",
  overdue: "text-overdue",
  failed: "text-failed",
  unknown: "text-unknown",
};

/** The sentence of a page, with the record, the steps and what went wrong standing out. Never cut, never markup. */
export const Sentence = ({
  text,
  state,
  marks,
}: {
  readonly text: string;
  readonly state: JourneyState;
  readonly marks: SentenceMarks;
}): ReactNode => (
  <p className="max-w-[40em] text-say leading-[1.55] [overflow-wrap:anywhere] [text-wrap:pretty]" data-sentence>
    {markSentence(text, marks).map(({ text: piece, mark }, index) => {
      switch (mark) {
        case "key":
        case "name":
          return <b key={index}>{piece}</b>;
        case "hot":
          return (
            <b key={index} className={hotColour[state]}>
              {piece}
            </b>
          );
        case "code":
          return (
            <code key={index} className="rounded-1 bg-sunken px-1.5 py-px">
              {piece}
            </code>
          );
        case "tie":
          return (
            <span key={index} className="whitespace-nowrap">
              {piece}
            </span>
          );
        case "plain":
          return piece;
      }
    })}
  </p>
);
