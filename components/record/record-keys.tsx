"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { nameOwnKeys, type OwnKey } from "#components/ui/own-keys.ts";
import { areKeysTaken, isTyping, useSingleKeys } from "#components/ui/single-keys.ts";

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

/** Single keys of a record's page; `?` lists them. They do nothing while somebody types, and can be turned off. */
export const RecordKeys = ({
  keys,
  backHref,
}: {
  readonly keys: readonly OwnKey[];
  readonly backHref: string;
}): null => {
  const router = useRouter();
  const isOn = useSingleKeys();

  useEffect(() => nameOwnKeys(keys), [keys]);
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
      else if (event.key === "Escape") goBack(() => router.push(backHref));
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

  return null;
};

function focusOn(element: HTMLElement | null): void {
  element?.focus({ preventScroll: true });
  element?.scrollIntoView({ block: "start" });
}

/** What is open closes first, the innermost where the focus is; only then a level up. */
function goBack(leave: () => void): void {
  const open = document.activeElement?.closest<HTMLDetailsElement>("details[open]") ?? null;
  if (open === null) leave();
  else open.open = false;
}
