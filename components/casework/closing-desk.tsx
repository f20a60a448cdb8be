"use client";

import { lazy, Suspense, useRef, useState, type ReactNode } from "react";
import { useClosing } from "#components/casework/closing-provider.tsx";
import { Icon } from "#components/ui/icon.tsx";

const CloseForm = lazy(async () => ({ default: (await import("#components/casework/close-form.tsx")).CloseForm }));

/** The button that closes a record by hand, and the form it opens in place; the address says whether it stands open. */
export const ClosingDesk = ({
  href,
  hrefNot,
  isOpenAtFirst,
}: {
  readonly href: string;
  readonly hrefNot: string;
  readonly isOpenAtFirst: boolean;
}): ReactNode => {
  const { closed, mayClose, problem, texts } = useClosing();
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  const button = useRef<HTMLButtonElement>(null);
  const said = (
    <output className="block basis-full text-13 text-failed empty:hidden" data-closing-problem>
      {problem}
    </output>
  );
  if (closed !== null || !mayClose) return said;
  const open = (isToOpen: boolean): void => {
    setOpen(isToOpen);
    globalThis.history.replaceState(null, "", isToOpen ? href : hrefNot);
    if (!isToOpen) button.current?.focus();
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        className="btn"
        data-shortcut="x"
        aria-expanded={isOpen}
        onClick={() => open(!isOpen)}
      >
        <Icon name="check" />
        {texts.open}
        <kbd className="key-cap" aria-hidden="true">
          X
        </kbd>
      </button>
      {said}
      {isOpen ? (
        <Suspense fallback={<p className="sheet basis-full text-13 text-ink-2">{texts.title}</p>}>
          <CloseForm onLeave={() => open(false)} />
        </Suspense>
      ) : null}
    </>
  );
};
