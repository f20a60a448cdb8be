"use client";

import { useEffect, useId, useRef, useState, type ReactNode } from "react";
import { useTranslations } from "use-intl";

/** Asks before something that can't be undone. `act` resolves with null when done, else with a sentence that says why not. */
export const ConfirmDialog = ({
  title,
  body,
  confirm,
  act,
  onClose,
}: {
  readonly title: string;
  readonly body: string;
  readonly confirm: string;
  readonly act: () => Promise<string | null>;
  readonly onClose: () => void;
}): ReactNode => {
  const t = useTranslations("shell");
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => dialog.current?.showModal(), []);

  const run = async (): Promise<void> => {
    setBusy(true);
    const found = await act().catch(() => t("unreachable"));
    setBusy(false);
    setProblem(found);
    if (found === null) dialog.current?.close();
  };
  return (
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-body`}
      onClose={onClose}
    >
      <h2 id={`${id}-title`} className="text-16 leading-tight font-bold break-words">
        {title}
      </h2>
      <p id={`${id}-body`} className="mt-2 leading-read text-ink-2">
        {body}
      </p>
      <p role="alert" className="mt-1 min-h-6 text-13 text-failed">
        {problem}
      </p>
      <p className="mt-2 flex flex-wrap justify-end gap-2">
        <button type="button" className="btn" onClick={() => dialog.current?.close()}>
          {t("cancel")}
        </button>
        <button
          type="button"
          className="btn btn-danger"
          aria-disabled={isBusy}
          disabled={isBusy}
          onClick={() => void run()}
        >
          {isBusy ? t("working") : confirm}
        </button>
      </p>
    </dialog>
  );
};
