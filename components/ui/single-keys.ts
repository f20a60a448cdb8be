"use client";

import { useSyncExternalStore } from "react";

const storedAs = "hopline.single-keys";

/** What was chosen here, where the browser keeps nothing. */
let chosen = true;

/** Whether single keys do anything; turned off, only combinations with Ctrl or ⌘ do. */
export const areSingleKeysOn = (): boolean => {
  try {
    return (localStorage.getItem(storedAs) ?? (chosen ? "on" : "off")) !== "off";
  } catch {
    return chosen;
  }
};

export const turnSingleKeys = (isOn: boolean): void => {
  chosen = isOn;
  try {
    localStorage.setItem(storedAs, isOn ? "on" : "off");
  } catch {
    // a browser that keeps nothing asks again next time
  }
  globalThis.dispatchEvent(new Event(storedAs));
};

/** Changes made here and in other tabs. */
const follow = (changed: () => void): (() => void) => {
  globalThis.addEventListener(storedAs, changed);
  globalThis.addEventListener("storage", changed);
  return () => {
    globalThis.removeEventListener(storedAs, changed);
    globalThis.removeEventListener("storage", changed);
  };
};

export const useSingleKeys = (): boolean => useSyncExternalStore(follow, areSingleKeysOn, () => true);

export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName));

/** A menu, list or dialog that is open has the keys for itself. */
export const areKeysTaken = (): boolean =>
  document.querySelector('dialog[open], [role="dialog"], [role="menu"], [role="listbox"]:not([hidden])') !== null;
