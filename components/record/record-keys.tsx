"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, type ReactNode } from "react";
import { areKeysTaken, isTyping, turnSingleKeys, useSingleKeys } from "#components/ui/single-keys.ts";

export interface RecordKeyTexts {
  readonly title: string;
  readonly on: string;
  readonly off: string;
  readonly turnOn: string;
  readonly turnOff: string;
  /** Key and what it does, in the order of the list. */
  readonly keys: readonly { readonly key: string; readonly does: string }[];
}

const sections: Readonly<Record<string, string>> = { e: "evidence-title", f: "fields-title", w: "events-title" };

/** The control that closes the form somebody is in, or the one that stands open. */
const openForm = (): HTMLElement | null =>
  document.activeElement?.closest("form")?.querySelector<HTMLElement>("[data-escape]") ??
  (isTyping(document.activeElement) ? null : document.querySelector<HTMLElement>("[data-escape]"));

/** Opens the event that an address or a link points into; most browsers do so by themselves. */
const openTarget = (): void => {
  const target = document.getElementById(globalThis.location.hash.slice(1));
  const details = target?.closest("details") ?? null;
  if (target === null || details === null) return;
  details.open = true;
  target.scrollIntoView({ block: "nearest" });
};

/** Opens the next raw event in that direction and closes the one before; they stand newest first. */
const openEvent = (by: 1 | -1): void => {
  const events = [...document.querySelectorAll<HTMLDetailsElement>("#events li > details")];
  const now = events.findIndex((each) => each.contains(document.activeElement));
  const next = events[now === -1 ? 0 : now + by];
  if (next === undefined) return;
  if (now !== -1 && events[now] !== undefined) events[now].open = false;
  next.open = true;
  next.querySelector<HTMLElement>("summary")?.focus();
};

/** Single keys of a record's page and their list. They do nothing while somebody types, and can be turned off. */
export const RecordKeys = ({
  texts,
  backHref,
}: {
  readonly texts: RecordKeyTexts;
  readonly backHref: string;
}): ReactNode => {
  const router = useRouter();
  const list = useRef<HTMLDetailsElement>(null);
  const isOn = useSingleKeys();

  useEffect(() => {
    openTarget();
    globalThis.addEventListener("hashchange", openTarget);
    return () => globalThis.removeEventListener("hashchange", openTarget);
  }, []);
  useEffect(() => {
    if (!isOn) return undefined;
    const press = (event: KeyboardEvent): void => {
      const form = event.key === "Escape" ? openForm() : null;
      if (form !== null && !areKeysTaken()) {
        form.click();
        event.preventDefault();
        return;
      }
      if (
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        event.defaultPrevented ||
        isTyping(event.target) ||
        areKeysTaken()
      )
        return;
      const key = event.key.toLowerCase();
      const heading = sections[key];
      if (heading !== undefined) focusOn(document.querySelector<HTMLElement>(`#${heading}`));
      else if (event.key === "[" || event.key === "]") openEvent(event.key === "[" ? 1 : -1);
      else if (event.key === "?" && list.current !== null) {
        list.current.open = true;
        focusOn(list.current.querySelector<HTMLElement>("summary"));
      } else if (event.key === "Escape") goBack(list.current, () => router.push(backHref));
      else {
        const control = /^[a-z]$/u.test(key) ? document.querySelector<HTMLElement>(`[data-shortcut="${key}"]`) : null;
        if (control === null) return;
        control.click();
      }
      event.preventDefault();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [isOn, router, backHref]);

  return (
    <details ref={list} className="no-print mt-10 hidden text-13 text-ink-2 wide:block" id="keys">
      <summary className="cursor-pointer text-ink-3">{texts.title}</summary>
      <dl className="mt-2 grid max-w-160 grid-cols-[4rem_1fr_4rem_1fr] gap-x-3 gap-y-1.5">
        {texts.keys.map(({ key, does }) => (
          <div key={key} className="contents">
            <dt>
              <kbd className="key-cap">{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-3 flex items-center gap-3">
        {isOn ? texts.on : texts.off}
        <button type="button" className="btn" onClick={() => turnSingleKeys(!isOn)} aria-pressed={isOn}>
          {isOn ? texts.turnOff : texts.turnOn}
        </button>
      </p>
    </details>
  );
};

function focusOn(element: HTMLElement | null): void {
  element?.focus({ preventScroll: true });
  element?.scrollIntoView({ block: "start" });
}

/** What is open closes first, the innermost where the focus is; only then a level up. */
function goBack(list: HTMLDetailsElement | null, leave: () => void): void {
  const around = document.activeElement?.closest<HTMLDetailsElement>("details[open]") ?? null;
  const open = around ?? (list?.open === true ? list : null);
  if (open === null) leave();
  else open.open = false;
}
