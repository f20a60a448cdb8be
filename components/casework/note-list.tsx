"use client";

import { lazy, Suspense, useOptimistic, useRef, useState, useTransition, type ReactNode } from "react";
import type { CaseworkAnswer } from "#components/casework/casework-answer.ts";
import type { NoteTexts } from "#components/casework/casework-texts.ts";

const NoteForm = lazy(async () => ({ default: (await import("#components/casework/note-form.tsx")).NoteForm }));

export interface NoteView {
  readonly id: string;
  readonly by: string;
  /** In words, and for machines. */
  readonly at: string;
  readonly dateTime: string;
  readonly text: string;
  /** Its author may delete it, here called by a name that tells it from the others; null for other people's. */
  readonly deleteLabel: string | null;
}

export interface NoteActions {
  readonly add: (input: { flow: string; primary: string; text: string }) => Promise<CaseworkAnswer>;
  readonly delete: (input: { id: string }) => Promise<CaseworkAnswer>;
  readonly restore: (input: { id: string }) => Promise<CaseworkAnswer>;
}

type Change = { readonly add: NoteView } | { readonly remove: string };

const changed = (notes: readonly NoteView[], change: Change): readonly NoteView[] =>
  "add" in change ? [...notes, change.add] : notes.filter(({ id }) => id !== change.remove);

/** Notes on a record, oldest first. Changes show at once; a deletion leaves its undo where the note stood last: at the end. */
export const NoteList = ({
  journey,
  notes: known,
  mayWrite,
  texts,
  actions,
}: {
  readonly journey: { readonly flow: string; readonly primary: string };
  readonly notes: readonly NoteView[];
  readonly mayWrite: boolean;
  readonly texts: NoteTexts;
  readonly actions: NoteActions;
}): ReactNode => {
  const [notes, change] = useOptimistic(known, changed);
  const [, start] = useTransition();
  const [isOpen, setOpen] = useState(false);
  const [deleted, setDeleted] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const button = useRef<HTMLButtonElement>(null);

  const run = (shown: Change | null, act: () => Promise<CaseworkAnswer>): void => {
    setProblem(null);
    start(async () => {
      if (shown !== null) change(shown);
      try {
        const { result } = await act();
        if (result !== "done") setProblem(texts.problem[result]);
      } catch {
        setProblem(texts.problem.unreachable);
      }
    });
  };
  const leave = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  const add = (text: string): void => {
    const shown = { id: `new-${notes.length}`, by: texts.viewer, at: texts.now, dateTime: "", text, deleteLabel: null };
    run({ add: shown }, async () => actions.add({ ...journey, text }));
    leave();
  };
  const remove = (id: string): void => {
    setDeleted(id);
    run({ remove: id }, async () => actions.delete({ id }));
  };
  const restore = (id: string): void => {
    setDeleted(null);
    run(null, async () => actions.restore({ id }));
  };

  return (
    <>
      {notes.length === 0 && deleted === null ? <p className="py-2.5 text-13 text-ink-2">{texts.none}</p> : null}
      <ol>
        {notes.map((note) => (
          <li key={note.id} className="border-b border-line py-2.5" data-note>
            <p className="flex items-baseline gap-x-2 text-13">
              <b className="[overflow-wrap:anywhere]">{note.by}</b>
              <time className="text-12 text-ink-3" dateTime={note.dateTime === "" ? undefined : note.dateTime}>
                {note.at}
              </time>
              {note.deleteLabel === null || !mayWrite ? null : (
                <button
                  type="button"
                  className="link no-print ml-auto text-12 max-wide:min-h-11"
                  aria-label={note.deleteLabel}
                  onClick={() => remove(note.id)}
                >
                  {texts.delete}
                </button>
              )}
            </p>
            <p className="mt-0.5 whitespace-pre-wrap [overflow-wrap:anywhere]">{note.text}</p>
          </li>
        ))}
      </ol>
      {deleted === null ? null : (
        <p className="no-print flex items-center gap-3 py-2 text-13 text-ink-2">
          <output>{texts.deleted}</output>
          <button type="button" className="btn" onClick={() => restore(deleted)}>
            {texts.undo}
          </button>
        </p>
      )}
      <output className="block text-13 text-failed empty:hidden">{problem}</output>
      {mayWrite ? (
        <div className="no-print mt-2.5">
          <button
            ref={button}
            type="button"
            className="btn"
            data-shortcut="a"
            aria-expanded={isOpen}
            onClick={() => setOpen((now) => !now)}
          >
            {texts.add}
            <kbd className="key-cap" aria-hidden="true">
              A
            </kbd>
          </button>
          {isOpen ? (
            <Suspense fallback={null}>
              <NoteForm texts={texts} onSave={add} onLeave={leave} />
            </Suspense>
          ) : null}
        </div>
      ) : null}
    </>
  );
};
