"use client";

import { useState, type ReactNode } from "react";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";

/** A button that asks first. `label`: its name where `text` alone does not say what it concerns. */
export const ConfirmButton = ({
  text,
  label,
  className = "btn",
  ...asked
}: {
  readonly text: string;
  readonly label?: string;
  readonly className?: string;
  readonly title: string;
  readonly body: string;
  readonly confirm: string;
  readonly act: () => Promise<string | null>;
}): ReactNode => {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className={className}
        aria-label={label}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        {text}
      </button>
      {isOpen ? <ConfirmDialog {...asked} onClose={() => setOpen(false)} /> : null}
    </>
  );
};
