import type { ReactNode } from "react";
import type { Casework } from "#components/casework/casework.ts";
import { noteTexts } from "#components/casework/casework-texts.ts";
import { NoteList } from "#components/casework/note-list.tsx";
import type { View } from "#components/record/view.ts";

/** What people wrote on a record. */
export const NoteSection = ({
  journey,
  casework,
  view,
}: {
  readonly journey: { readonly flow: string; readonly primary: string };
  readonly casework: Casework;
  readonly view: View;
}): ReactNode => {
  const notes = casework.notes.map(({ id, at, by, text, isOwn }) => ({
    id,
    by,
    at: view.time(at),
    dateTime: at,
    text,
    deleteLabel: isOwn ? view.casework("notes.deleteOf", { time: view.time(at) }) : null,
  }));
  return (
    <section aria-labelledby="notes-title" id="notes" className="mt-8 scroll-mt-16">
      <div className="section-head">
        <h2 id="notes-title" tabIndex={-1}>
          {view.casework("notes.title")}
        </h2>
        <span className="ml-auto text-13 text-ink-3">{notes.length === 0 ? "" : notes.length}</span>
      </div>
      <NoteList
        journey={journey}
        notes={notes}
        mayWrite={casework.mayWrite}
        texts={noteTexts(view, casework.viewer)}
        actions={casework.noting}
      />
    </section>
  );
};
