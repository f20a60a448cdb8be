"use client";

import Link from "next/link";
import { useEffect, useRef, type ReactNode } from "react";
import { useTranslations } from "use-intl";
import { pageKeysOf } from "#components/shell/page-keys.ts";
import { Icon } from "#components/ui/icon.tsx";
import { ownKeys } from "#components/ui/own-keys.ts";
import { turnSingleKeys } from "#components/ui/single-keys.ts";
import type { Role } from "#lib/access/role.ts";
import { helpPathOf } from "#lib/help/help-page.ts";

const Key = ({ children }: { readonly children: ReactNode }): ReactNode => <kbd className="key-cap">{children}</kbd>;

interface Line {
  readonly keys: readonly string[];
  readonly does: string;
}

const Lines = ({
  lines,
  isWide = false,
}: {
  readonly lines: readonly Line[];
  readonly isWide?: boolean;
}): ReactNode => (
  <dl
    className={`mt-3 grid items-center gap-x-5 gap-y-2 text-13 ${isWide ? "grid-cols-[auto_1fr_auto_1fr] max-wide:grid-cols-[auto_1fr]" : "grid-cols-[auto_1fr]"}`}
  >
    {lines.map(({ keys, does }) => (
      <div key={does} className="contents">
        <dt className="flex gap-1.5">
          {keys.map((key) => (
            <Key key={key}>{key}</Key>
          ))}
        </dt>
        <dd>{does}</dd>
      </div>
    ))}
  </dl>
);

/** What the keys do, over the page; Esc closes it. */
export const KeyList = ({
  role,
  path,
  isOn,
  onClose,
}: {
  readonly role: Role;
  readonly path: string;
  readonly isOn: boolean;
  readonly onClose: () => void;
}): ReactNode => {
  const t = useTranslations("shell");
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    // by the browser's own means: it keeps the focus inside and gives it back
    if (dialog.current?.open === false) dialog.current.showModal();
  }, []);
  const own = ownKeys();
  const elsewhere: readonly Line[] = [
    { keys: ["J", "K"], does: t("keys.rows") },
    { keys: ["E", "F", "W"], does: t("keys.record") },
    { keys: ["C", "L"], does: t("keys.copy") },
  ];
  const everywhere: readonly Line[] = [
    { keys: ["⌘K", "Ctrl K", "/"], does: t("keys.search") },
    ...pageKeysOf(role).map(({ key, text }) => ({ keys: ["G", key.toUpperCase()], does: t(text) })),
    ...(own === null ? elsewhere : []),
    { keys: ["Esc"], does: t("keys.back") },
    { keys: ["?"], does: t("keys.list") },
  ];
  return (
    <dialog
      ref={dialog}
      className="popup m-auto max-h-[85vh] w-[min(560px,calc(100vw-32px))] overflow-auto p-5 text-ink backdrop:bg-ink/30"
      aria-labelledby="key-list"
      onClose={onClose}
    >
      <div className="flex items-center gap-3">
        <h2 id="key-list" className="text-16 font-bold">
          {t("keys.title")}
        </h2>
        <Link className="link ml-auto text-13" href={helpPathOf(path)} prefetch={false} onClick={onClose}>
          {t("keys.help")}
        </Link>
        <button type="button" className="icon-btn" aria-label={t("close")} onClick={() => dialog.current?.close()}>
          <Icon name="cross" />
        </button>
      </div>
      {own === null ? null : (
        <section aria-labelledby="own-keys" className="mt-3 border-b border-line pb-4">
          <h3 id="own-keys" className="text-13 text-ink-3">
            {t("keys.thisPage")}
          </h3>
          <Lines lines={own.map(({ key, does }) => ({ keys: [key], does }))} isWide />
        </section>
      )}
      <Lines lines={everywhere} />
      <p className="mt-4 flex flex-wrap items-center gap-3 border-t border-line pt-4 text-13 text-ink-2">
        {isOn ? t("keys.on") : t("keys.off")}
        <button type="button" className="btn" aria-pressed={isOn} onClick={() => turnSingleKeys(!isOn)}>
          {isOn ? t("keys.turnOff") : t("keys.turnOn")}
        </button>
      </p>
    </dialog>
  );
};
