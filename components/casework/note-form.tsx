"use client";

import { useEffect, useRef, type ReactNode } from "react";
import type { NoteTexts } from "#components/casework/casework-texts.ts";
import { longestNote } from "#lib/casework/written-text.ts";

/** Where a note is written; loaded when somebody wants to. */
export const NoteForm = ({
  texts,
  onSave,
  onLeave,
}: {
  readonly texts: NoteTexts;
  readonly onSave: (text: string) => void;
  readonly onLeave: () => void;
}): ReactNode => {
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => area.current?.focus(), []);
  const save = (): void => {
    const text = area.current?.value.trim() ?? "";
    if (text === "") area.current?.focus();
    else onSave(text);
  };
  return (
    <form
      method="post"
      className="mt-2 max-w-160"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <label className="block text-13 font-medium" htmlFor="note-text">
        {texts.label}
      </label>
      <textarea
        ref={area}
        id="note-text"
        className="field mt-1 h-auto py-2"
        rows={4}
        required
        maxLength={longestNote}
        aria-describedby="note-hint"
      />
      <p className="mt-1 text-13 text-ink-2" id="note-hint">
        {texts.hint}
      </p>
      <p className="mt-2 flex gap-2">
        <button type="submit" className="btn btn-primary">
          {texts.save}
        </button>
        <button type="button" className="btn" data-escape onClick={onLeave}>
          {texts.cancel}
        </button>
      </p>
    </form>
  );
};
