"use client";

import { useRef, useState, type ReactNode } from "react";
import { copyText } from "#components/record/copy-text.ts";
import { Icon, type IconName } from "#components/ui/icon.tsx";

/**
 * Copies a text and says so on itself. Where the browser lets nothing be copied (some chat apps' own), the text is shown
 * selected instead. `shortcut`: the single key that presses it.
 */
export const CopyButton = ({
  text,
  label,
  copiedLabel,
  failedLabel,
  icon = "copy",
  iconOnly = false,
  primary = false,
  shortcut,
}: {
  readonly text: string;
  readonly label: string;
  readonly copiedLabel: string;
  readonly failedLabel: string;
  readonly icon?: IconName;
  readonly iconOnly?: boolean;
  readonly primary?: boolean;
  readonly shortcut?: string;
}): ReactNode => {
  const [state, setState] = useState<"idle" | "copied" | "failed">("idle");
  const shown = useRef<HTMLTextAreaElement>(null);
  const copy = async (): Promise<void> => {
    const done = await copyText(text);
    setState(done ? "copied" : "failed");
    if (!done) requestAnimationFrame(() => shown.current?.select());
  };
  const word = state === "copied" ? copiedLabel : label;
  const look = iconOnly ? "icon-btn" : `btn ${primary ? "btn-primary" : ""}`;
  return (
    <>
      <button
        type="button"
        className={look}
        aria-label={iconOnly ? word : undefined}
        data-shortcut={shortcut}
        onClick={() => void copy()}
        onBlur={() => setState((now) => (now === "copied" ? "idle" : now))}
      >
        <Icon name={state === "copied" ? "check" : icon} />
        {iconOnly ? null : word}
        {shortcut === undefined || iconOnly ? null : (
          <kbd
            className={`key-cap ${primary ? "border-current bg-transparent text-on-accent" : ""}`}
            aria-hidden="true"
          >
            {shortcut.toUpperCase()}
          </kbd>
        )}
      </button>
      <output className="sr-only">{state === "copied" ? copiedLabel : ""}</output>
      {state === "failed" ? (
        <label className="mt-2 block w-full basis-full text-13 text-ink-2">
          {failedLabel}
          <textarea ref={shown} readOnly className="field mt-1 h-auto py-2" rows={4} value={text} />
        </label>
      ) : null}
    </>
  );
};
