"use client";

import type { ReactNode } from "react";
import { useClosing } from "#components/casework/closing-provider.tsx";

/** Who closed the record, why and when, before everything else; with the way back. */
export const ClosedBanner = (): ReactNode => {
  const { closed, mayClose, isBusy, texts, reopen } = useClosing();
  if (closed === null) return null;
  return (
    <div
      className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-2 border-l-2 border-ink bg-sunken py-2 pr-2 pl-3"
      data-closed
    >
      <p className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        <b>{closed.by}</b> {closed.reason} <span className="text-13 text-ink-2">· {closed.at}</span>
        <span className="mt-0.5 block text-13 text-ink-2">{texts.kept}</span>
      </p>
      {mayClose ? (
        <button type="button" className="btn no-print" data-shortcut="x" disabled={isBusy} onClick={reopen}>
          {texts.undo}
          <kbd className="key-cap" aria-hidden="true">
            X
          </kbd>
        </button>
      ) : null}
    </div>
  );
};
