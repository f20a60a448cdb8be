"use client";

import { useEffect, useRef, type ReactNode } from "react";
import { useClosing } from "#components/casework/closing-provider.tsx";
import { longestReason } from "#lib/casework/written-text.ts";

/** Asks for the reason; loaded when somebody wants to close a record. */
export const CloseForm = ({ onLeave }: { readonly onLeave: () => void }): ReactNode => {
  const { texts, close } = useClosing();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  return (
    <form
      method="post"
      className="sheet mt-2 max-w-160 basis-full wide:border-l-2 wide:border-line-strong wide:pl-3"
      id="close"
      onSubmit={(event) => {
        event.preventDefault();
        const reason = input.current?.value.trim() ?? "";
        if (reason === "") return input.current?.focus();
        close(reason);
        return onLeave();
      }}
    >
      <h2 className="text-14 font-bold">{texts.title}</h2>
      <p className="mt-0.5 text-13 text-ink-2" id="close-hint">
        {texts.hint}
      </p>
      <label className="mt-2 block text-13 font-medium" htmlFor="close-reason">
        {texts.reason}
      </label>
      <input
        ref={input}
        id="close-reason"
        className="field mt-1"
        required
        maxLength={longestReason}
        placeholder={texts.example}
        aria-describedby="close-hint"
        autoComplete="off"
      />
      <p className="mt-2 flex gap-2">
        <button type="submit" className="btn btn-primary">
          {texts.submit}
        </button>
        <button type="button" className="btn" data-escape onClick={onLeave}>
          {texts.cancel}
        </button>
      </p>
    </form>
  );
};
